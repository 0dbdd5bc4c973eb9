/// A span of time as people write it: `90`, `3s`, `5m`, `2h`, `1d`.
package enum DurationText {
    /// Seconds; nil for a text that is none.
    package static func seconds(_ text: String) -> Int? {
        let units: [Character: Int] = ["s": 1, "m": 60, "h": 3_600, "d": 86_400]
        let unit = text.last.flatMap { units[$0] }
        let digits = unit == nil ? text[...] : text.dropLast()
        guard (1...7).contains(digits.utf8.count), digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            let number = Int(digits)
        else { return nil }
        return number * (unit ?? 1)
    }
}
