/// How an IPv6 address is written (RFC 4291, section 2.2).
package enum IPv6Address {
    /// Eight groups of hexadecimal digits, fewer around one `::`; an IPv4 address may stand for the last two.
    package static func isWritten(as text: String) -> Bool {
        let halves = text.split(separator: "::", omittingEmptySubsequences: false)
        var groups = halves.flatMap { half in
            half.isEmpty ? [] : half.split(separator: ":", omittingEmptySubsequences: false)
        }
        var count = groups.count
        if let last = groups.last, last.contains("."), text.hasSuffix(last) {
            guard isIPv4(last) else { return false }
            groups.removeLast()
            count += 1
        }
        guard groups.allSatisfy({ (1...4).contains($0.utf8.count) && $0.allSatisfy { $0.isASCII && $0.isHexDigit } })
        else { return false }
        switch halves.count {
        case 1: return count == 8
        case 2: return count < 8
        default: return false
        }
    }

    private static func isIPv4(_ text: Substring) -> Bool {
        let numbers = text.split(separator: ".", omittingEmptySubsequences: false)
        return numbers.count == 4
            && numbers.allSatisfy { number in
                number.utf8.count < 4 && number.utf8.allSatisfy { (0x30...0x39).contains($0) } && UInt8(number) != nil
            }
    }
}
