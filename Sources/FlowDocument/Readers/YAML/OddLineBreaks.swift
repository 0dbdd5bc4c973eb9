/// U+0085, U+2028 and U+2029: to libyaml they end a line, as in YAML 1.1; in YAML 1.2 they are characters like any other.
///
/// libyaml gets characters of the same length in their place that it cannot meet otherwise, and scalars get them back.
struct OddLineBreaks {
    /// Those that the file holds.
    private var characters: [[UInt8]] = []
    /// What stands for each of them.
    private var standIns: [[UInt8]] = []

    init(in source: [UInt8]) {
        var known = Self.knownCharacters(of: source)
        for character: Unicode.Scalar in ["\u{85}", "\u{2028}", "\u{2029}"] where known[Int(character.value)] {
            // Those that nobody writes, and letters that few do.
            let candidates = character.value < 0x800 ? [0xA1...0x7FF] : [0xE000...0xF8FF, 0x3400...0xD7FF]
            // A file that holds them all keeps its line breaks.
            guard let free = candidates.joined().first(where: { !known[$0] }), let standIn = Unicode.Scalar(free) else {
                continue
            }
            known[free] = true
            characters.append(Array(String(character).utf8))
            standIns.append(Array(String(standIn).utf8))
        }
    }

    /// Whether one of the three is at `index`.
    static func isOne(at index: Int, of source: [UInt8]) -> Bool {
        switch source[index] {
        case 0xC2: source.at(index + 1) == 0x85
        case 0xE2: source.at(index + 1) == 0x80 && (source.at(index + 2) == 0xA8 || source.at(index + 2) == 0xA9)
        default: false
        }
    }

    func hide(in text: UnsafeMutableBufferPointer<UInt8>) { replace(characters, with: standIns, in: text) }

    func bringBack(in text: UnsafeMutableBufferPointer<UInt8>) { replace(standIns, with: characters, in: text) }

    /// Replaces characters by others of the same length.
    private func replace(_ characters: [[UInt8]], with others: [[UInt8]], in text: UnsafeMutableBufferPointer<UInt8>) {
        var index = 0
        while index < text.count {
            defer { index += 1 }
            // No character begins inside another one.
            guard text[index] >= 0xC2 else { continue }
            for (character, other) in zip(characters, others) where text[index] == character[0] {
                guard text[index...].starts(with: character) else { continue }
                for offset in other.indices { text[index + offset] = other[offset] }
                break
            }
        }
    }

    /// By number, up to U+FFFF, whether a character stands in the source, or may come of an escape in it.
    private static func knownCharacters(of source: [UInt8]) -> [Bool] {
        var known = [Bool](repeating: false, count: 0x10000)
        for scalar in String(decoding: source, as: UTF8.self).unicodeScalars where scalar.value < 0x10000 {
            known[Int(scalar.value)] = true
        }
        for index in source.indices where source[index] == UInt8(ascii: "\\") {
            var number: UInt32 = 0
            for digit in source[index...].dropFirst(2).prefix(8).lazy.map(\.hexDigit) {
                guard let digit else { break }
                number = number << 4 | digit
                if number < 0x10000 { known[Int(number)] = true }
            }
        }
        return known
    }
}
