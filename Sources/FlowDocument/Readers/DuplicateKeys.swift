/// What a reader does with a key that its mapping already has.
package enum DuplicateKeys: Sendable {
    /// Ends the reading at the second key.
    case refuse
    /// Notes the second key and leaves it out with its value.
    case keepFirst
    /// Puts the second value in the place of the first, as most readers of JSON do.
    case keepLast
}
