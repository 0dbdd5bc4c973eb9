extension [UInt8] {
    /// The bytes of a UTF-8 byte order mark at the start: 3 or 0.
    var byteOrderMarkLength: Int { starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0 }

    /// Whether the bytes are UTF-16: by their mark, or because every second byte of the first characters is zero.
    var isUTF16: Bool {
        guard count >= 2 else { return false }
        if starts(with: [0xFE, 0xFF]) || starts(with: [0xFF, 0xFE]) { return true }
        guard count >= 4 else { return false }
        return (self[0] == 0) != (self[1] == 0) && (self[0] == 0) == (self[2] == 0) && (self[1] == 0) == (self[3] == 0)
    }

    /// The length of the UTF-8 sequence that begins at `index`, or nil if none does.
    func utf8Length(at index: Int) -> Int? {
        func follows(_ distance: Int, _ range: ClosedRange<UInt8> = 0x80...0xBF) -> Bool {
            index + distance < count && range.contains(self[index + distance])
        }
        switch self[index] {
        case 0..<0x80: return 1
        case 0xC2...0xDF: return follows(1) ? 2 : nil
        case 0xE0: return follows(1, 0xA0...0xBF) && follows(2) ? 3 : nil
        case 0xED: return follows(1, 0x80...0x9F) && follows(2) ? 3 : nil
        case 0xE1...0xEF: return follows(1) && follows(2) ? 3 : nil
        case 0xF0: return follows(1, 0x90...0xBF) && follows(2) && follows(3) ? 4 : nil
        case 0xF1...0xF3: return follows(1) && follows(2) && follows(3) ? 4 : nil
        case 0xF4: return follows(1, 0x80...0x8F) && follows(2) && follows(3) ? 4 : nil
        default: return nil
        }
    }

    /// The place behind the character at `index`; a byte that is no UTF-8 counts as one.
    func characterEnd(at index: Int) -> Int {
        self[index] < 0x80 ? index + 1 : index + (utf8Length(at: index) ?? 1)
    }

    /// The number of characters in `range`, which begins and ends between two.
    func characterCount(_ range: Range<Int>) -> Int {
        var (index, count) = (range.lowerBound, 0)
        while index < range.upperBound {
            index = characterEnd(at: index)
            count += 1
        }
        return count
    }

    /// The byte at `index`, or nil outside.
    func at(_ index: Int) -> UInt8? { indices.contains(index) ? self[index] : nil }

    func text(_ range: Range<Int>) -> String { String(decoding: self[range], as: UTF8.self) }

    /// The end of the line that `index` is in: the place of its line break, or of the end of the text.
    func lineEnd(from index: Int) -> Int {
        var end = index
        while end < count, !self[end].isLineBreak { end += 1 }
        return end
    }

    /// The first character of the line that `index` is in.
    func lineStart(before index: Int) -> Int {
        var start = index
        while start > 0, !self[start - 1].isLineBreak { start -= 1 }
        return Swift.max(start, Swift.min(byteOrderMarkLength, index))
    }
}

extension UInt8 {
    var isLineBreak: Bool { self == 0x0A || self == 0x0D }
    var isBlank: Bool { self == 0x20 || self == 0x09 }
    /// Whether it is an ASCII letter.
    var isLetter: Bool { (self | 0x20) &- 0x61 < 26 }
    /// Whether it is a byte of a UTF-8 sequence other than its first.
    var isContinuation: Bool { self & 0xC0 == 0x80 }
}

extension Int {
    /// The number with commas between its thousands: `3,145,728`.
    var grouped: String {
        let digits = String(magnitude)
        var text = self < 0 ? "-" : ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index).isMultiple(of: 3) { text.append(",") }
            text.append(digit)
        }
        return text
    }
}
