/// Comparisons of secrets.
package enum ConstantTime {
    /// Whether two texts are the same bytes.
    ///
    /// Takes the same time wherever two texts of one length differ.
    package static func isSame(_ left: String, _ right: String) -> Bool {
        var difference: UInt8 = left.utf8.count == right.utf8.count ? 0 : 1
        for (left, right) in zip(left.utf8, right.utf8) { difference |= left ^ right }
        return difference == 0
    }
}
