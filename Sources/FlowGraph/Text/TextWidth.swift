/// Estimates how wide a text is in a sans-serif font.
///
/// Helvetica's widths for ASCII (Adobe's AFM tables; Arial and Liberation Sans have the same), with a little more for
/// fonts that run wider; Chinese, Japanese and Korean characters and emoji take a full em.
enum TextWidth {
    /// - Returns: a width in the unit of `size`.
    static func of(_ text: some StringProtocol, size: Double, isBold: Bool = false) -> Double {
        var thousandths = 0
        for character in text { thousandths += width(of: character) }
        return Double(thousandths) / 1_000 * size * (isBold ? 1.12 : 1.05)
    }

    /// In thousandths of an em.
    static func width(of character: Character) -> Int {
        guard let scalar = character.unicodeScalars.first?.value else { return 0 }
        if scalar >= 0x20, scalar < 0x7F { return ascii[Int(scalar) - 0x20] }
        return isWide(scalar) ? 1_000 : 610
    }

    private static func isWide(_ scalar: UInt32) -> Bool {
        switch scalar {
        case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60,
            0xFFE0...0xFFE6, 0x1F000...0x1FAFF, 0x20000...0x3FFFD:
            true
        default: false
        }
    }

    private static let ascii: [Int] = [
        278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556,
        556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1_015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667,
        556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333, 556,
        556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722,
        500, 500, 500, 334, 260, 334, 584,
    ]
}
