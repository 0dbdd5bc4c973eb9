/// The digits of a text that may be a telephone number, without what people write between them.
struct NumberDigits {
    /// ASCII digits.
    private(set) var bytes: [UInt8] = []
    private(set) var hasPlus = false
    /// How many digits come before `(0)`, or another digit or two in brackets, and what these are.
    private(set) var bracketed: (at: Int, digits: [UInt8])?
    /// The digits behind `x`, `ext.`, `;ext=`, `,,` or `#`.
    private(set) var `extension`: [UInt8] = []

    /// Bytes of the longest text that is looked at: fifteen digits, and marks and blanks between them.
    private static let longest = 200

    /// - Returns: nil where anything else stands in the text than digits, one `+` in front, an extension behind, blanks,
    ///   format characters and `( ) - . /`.
    init?(_ text: some StringProtocol) {
        // Nearly every number that Plivo names is written so.
        if let (digits, hasPlus) = text.withBytes(Self.plain) {
            bytes = digits
            self.hasPlus = hasPlus
            return
        }
        guard text.utf8.count <= Self.longest, let marks = Self.marks(text) else { return nil }
        var rest = marks[...]
        if Self.isSame(rest.prefix(4), "tel:") { rest = rest.dropFirst(4) }
        rest = takeExtension(from: rest)
        var open: Int?
        for byte in rest {
            switch byte {
            case 0x30...0x39: bytes.append(byte)
            case UInt8(ascii: "+"):
                guard !hasPlus, bytes.isEmpty else { return nil }
                hasPlus = true
            case UInt8(ascii: "("): open = bytes.count
            case UInt8(ascii: ")"):
                if let start = open, bracketed == nil, start > 0, (1...2).contains(bytes.count - start) {
                    bracketed = (start, Array(bytes[start...]))
                }
                open = nil
            case UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "/"): break
            default: return nil
            }
        }
        guard !bytes.isEmpty else { return nil }
    }

    /// Digits alone, or behind a `+`; nil for anything else.
    private static func plain(_ text: UnsafeBufferPointer<UInt8>) -> (digits: [UInt8], hasPlus: Bool)? {
        let hasPlus = text.first == UInt8(ascii: "+")
        let digits = text.dropFirst(hasPlus ? 1 : 0)
        guard (1...longest).contains(digits.count), digits.allSatisfy({ (0x30...0x39).contains($0) }) else {
            return nil
        }
        return (Array(digits), hasPlus)
    }

    /// The text without blanks and format characters; nil where a line breaks in it, or where it is not ASCII then.
    private static func marks(_ text: some StringProtocol) -> [UInt8]? {
        // Most texts are digits already.
        let plain = text.withBytes { bytes in bytes.allSatisfy { (0x21...0x7E).contains($0) } ? Array(bytes) : nil }
        if let plain { return plain }
        var marks: [UInt8] = []
        var isBroken = false
        for scalar in text.unicodeScalars {
            if scalar.isLeftOut { continue }
            if scalar.properties.isWhitespace {
                // Two lines are two things; what surrounds one is nothing.
                if scalar.endsLine, !marks.isEmpty { isBroken = true }
                continue
            }
            guard (0x21...0x7E).contains(scalar.value), !isBroken else { return nil }
            marks.append(UInt8(scalar.value))
        }
        return marks
    }

    /// Takes the extension off the end.
    private mutating func takeExtension(from text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        let digits = text.reversed().prefix { (0x30...0x39).contains($0) }.count
        guard (1...10).contains(digits), digits < text.count else { return text }
        let head = text.dropLast(digits)
        for mark in [";ext=", ";extension=", "extension", "ext.", "ext:", "ext", "x.", "x", ",,", "#"] {
            guard head.count > mark.utf8.count, Self.isSame(head.suffix(mark.utf8.count), mark) else { continue }
            self.extension = Array(text.suffix(digits))
            var number = head.dropLast(mark.utf8.count)
            while let last = number.last, last == UInt8(ascii: ",") || last == UInt8(ascii: ";") { number.removeLast() }
            return number
        }
        return text
    }

    /// Whether printing ASCII is the same without case as a text in small letters.
    private static func isSame(_ bytes: ArraySlice<UInt8>, _ text: String) -> Bool {
        bytes.elementsEqual(text.utf8) { $0 == $1 || (0x61...0x7A).contains($1) && $0 | 0x20 == $1 }
    }

    /// Without the digits in brackets.
    var withoutBracketed: [UInt8] {
        guard let bracketed else { return bytes }
        var digits = bytes
        digits.removeSubrange(bracketed.at..<bracketed.at + bracketed.digits.count)
        return digits
    }

    /// What stands behind `00`, `0011` or `011`; nil where none of them is in front.
    ///
    /// Behind `00` no number begins with 11: it is Australia's `0011`. `011` is the beginning of numbers in many cities too,
    /// and so it counts only where a number follows that has a length of its country.
    static func behindInternationalPrefix(_ digits: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
        if digits.starts(with: "0011".utf8) { return digits.dropFirst(4) }
        if digits.starts(with: "00".utf8) { return digits.dropFirst(2) }
        guard digits.starts(with: "011".utf8) else { return nil }
        let rest = digits.dropFirst(3)
        return fits(rest) ? rest : nil
    }

    /// Whether digits are a calling code in use, and as many behind it as numbers of that country have.
    static func fits(_ digits: ArraySlice<UInt8>) -> Bool { plans(digits).contains { $0.plan.takes($0.rest) } }

    /// Whether digits are a calling code in use, and as many behind it as a fixed line or a mobile of that country has.
    static func isLine(_ digits: ArraySlice<UInt8>) -> Bool { plans(digits).contains { $0.plan.takesLine($0.rest) } }

    private static func plans(_ digits: ArraySlice<UInt8>) -> [(plan: NumberPlan, rest: ArraySlice<UInt8>)] {
        guard (7...15).contains(digits.count) else { return [] }
        return NumberPlan.plans(leading: digits).map { ($0, digits.dropFirst($0.callingCode.utf8.count)) }
    }
}

extension Unicode.Scalar {
    /// Whether it is seen by nobody: Unicode's general category Cf, and variation selectors.
    fileprivate var isLeftOut: Bool { properties.generalCategory == .format || properties.isVariationSelector }

    fileprivate var endsLine: Bool {
        (0x0A...0x0D).contains(value) || [0x85, 0x2028, 0x2029].contains(value)
    }
}
