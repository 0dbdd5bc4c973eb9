/// Ends the process where something does not hold: libFuzzer takes that for a crash and keeps the input.
func expect(_ holds: Bool, _ what: @autoclosure () -> String) {
    // `precondition` would keep its words to itself in a release build.
    if !holds { fatalError("does not hold: \(what())") }
}
