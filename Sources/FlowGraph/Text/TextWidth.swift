/// Estimates how wide a text is in a sans-serif font, whichever the reader's machine has.
///
/// The widths are those of DejaVu Sans (its `hmtx` table), Debian's sans-serif font and, with Verdana, the widest of the
/// usual ones: a text that fits a card by them fits it in Helvetica, Arial and Segoe UI. Chinese, Japanese and Korean
/// characters and emoji take a full em.
enum TextWidth {
    /// - Returns: a width in the unit of `size`.
    static func of(_ text: some StringProtocol, size: Double, isBold: Bool = false) -> Double {
        var thousandths = 0
        for character in text { thousandths += width(of: character, isBold: isBold) }
        return Double(thousandths) / 1_000 * size
    }

    /// In thousandths of an em.
    private static func width(of character: Character, isBold: Bool) -> Int {
        guard let scalar = character.unicodeScalars.first?.value else { return 0 }
        if scalar >= 0x20, scalar < 0x7F { return (isBold ? bold : regular)[Int(scalar) - 0x20] }
        if isWide(scalar) { return 1_000 }
        // Wider than most letters of Latin, Greek and Cyrillic.
        return isBold ? 860 : 760
    }

    private static func isWide(_ scalar: UInt32) -> Bool {
        switch scalar {
        case 0x1100...0x115F, 0x2014, 0x2026, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F,
            0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F000...0x1FAFF, 0x20000...0x3FFFD:
            true
        default: false
        }
    }

    /// From U+0020 to U+007E.
    private static let regular: [Int] = [
        318, 401, 460, 838, 637, 951, 780, 275, 391, 391, 500, 838, 318, 361, 318, 337, 637, 637, 637, 637, 637, 637,
        637, 637, 637, 637, 337, 337, 838, 838, 838, 531, 1_000, 685, 687, 699, 771, 632, 576, 775, 752, 295, 295, 656,
        558, 863, 749, 788, 604, 788, 695, 635, 611, 732, 685, 989, 686, 611, 686, 391, 337, 391, 838, 500, 500, 613,
        635, 550, 635, 616, 353, 635, 634, 278, 278, 580, 278, 975, 634, 612, 635, 635, 412, 521, 393, 634, 592, 818,
        592, 592, 525, 637, 337, 637, 838,
    ]

    private static let bold: [Int] = [
        349, 457, 521, 838, 696, 1_002, 873, 307, 458, 458, 523, 838, 380, 416, 380, 366, 696, 696, 696, 696, 696, 696,
        696, 696, 696, 696, 400, 400, 838, 838, 838, 581, 1_000, 774, 763, 734, 831, 684, 684, 821, 837, 373, 373, 775,
        638, 996, 837, 851, 733, 851, 771, 721, 683, 813, 774, 1_104, 771, 725, 726, 458, 366, 458, 838, 500, 500, 675,
        716, 593, 716, 679, 436, 716, 712, 343, 343, 666, 343, 1_042, 712, 688, 716, 716, 494, 596, 479, 712, 652, 924,
        646, 652, 583, 712, 366, 712, 838,
    ]
}
