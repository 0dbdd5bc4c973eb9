/// Reads the part of an internationalised label behind `xn--` (RFC 3492).
enum Punycode {
    private static let base = 36
    private static let (tMin, tMax, skew, damp) = (1, 26, 38, 700)

    /// Nil for what is no punycode.
    static func decoded(_ text: some StringProtocol) -> [Unicode.Scalar]? {
        let bytes = Array(text.utf8)
        guard bytes.count <= 63 else { return nil }
        let delimiter = bytes.lastIndex(of: UInt8(ascii: "-"))
        var output = bytes[..<(delimiter ?? 0)].map { Unicode.Scalar($0) }
        var (number, index, bias) = (128, 0, 72)
        var position = delimiter.map { $0 + 1 } ?? 0
        while position < bytes.count {
            let before = index
            var weight = 1
            for step in 1... {
                guard position < bytes.count, let digit = digit(bytes[position]) else { return nil }
                position += 1
                index += digit * weight
                let threshold = min(max(base * step - bias, tMin), tMax)
                if digit < threshold { break }
                weight *= base - threshold
                guard weight < 1 << 32, index < 1 << 32 else { return nil }
            }
            let count = output.count + 1
            bias = adapted(index - before, count: count, isFirst: before == 0)
            number += index / count
            index %= count
            guard let scalar = Unicode.Scalar(UInt32(clamping: number)) else { return nil }
            output.insert(scalar, at: index)
            index += 1
        }
        return output
    }

    private static func digit(_ byte: UInt8) -> Int? {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"): Int(byte - UInt8(ascii: "a"))
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): Int(byte - UInt8(ascii: "A"))
        case 0x30...0x39: Int(byte - 0x30) + 26
        default: nil
        }
    }

    private static func adapted(_ delta: Int, count: Int, isFirst: Bool) -> Int {
        var delta = isFirst ? delta / damp : delta / 2
        delta += delta / count
        var steps = 0
        while delta > (base - tMin) * tMax / 2 {
            delta /= base - tMin
            steps += base
        }
        return steps + (base - tMin + 1) * delta / (delta + skew)
    }
}
