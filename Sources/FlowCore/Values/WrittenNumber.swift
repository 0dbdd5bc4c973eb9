/// A telephone number as somebody wrote it: in a flow, in an app server's answer.
///
/// The one reader of numbers, for what is checked and for what is dialled. Blanks, format characters, `( ) - . /` and a leading
/// `tel:` go; `00` and `011` in front become `+`. With `+` it has 7 to 15 digits that begin with a calling code in use. Without,
/// it belongs to the plan of the flow's country; where the flow names none, it has to read as E.164 with a length of its country.
package struct WrittenNumber {
    /// nil for what is no number.
    package let number: PhoneNumber?
    /// The digits behind the number: `123` of `+12025551234 x123`.
    package let `extension`: String?
    /// Why it is no number.
    package let fault: Fault?

    package enum Fault: Error, Hashable {
        /// Letters, a second number, too few digits or too many.
        case noNumber
        /// An emergency number.
        case emergency
        /// No country has the calling code.
        case noCallingCode
        /// A number of some country, which nothing says.
        case needsCountry
        /// No number of the flow's country.
        case notInCountry
    }

    /// - Parameter plan: that of the country whose numbers have no `+`.
    package init(_ text: some StringProtocol, in plan: NumberPlan? = nil) {
        do throws(Fault) {
            guard let digits = NumberDigits(text) else { throw Fault.noNumber }
            guard !EmergencyNumber.isMeant(by: digits) else { throw Fault.emergency }
            number = try Self.read(digits, in: plan)
            self.extension = digits.extension.isEmpty ? nil : String(decoding: digits.extension, as: UTF8.self)
            fault = nil
        } catch {
            number = nil
            self.extension = nil
            fault = error
        }
    }

    private static func read(_ digits: NumberDigits, in plan: NumberPlan?) throws(Fault) -> PhoneNumber {
        if digits.hasPlus { return try international(digits, behind: 0) }
        let all = digits.bytes[...]
        if let plan {
            if let prefix = plan.internationalPrefix, all.starts(with: prefix.utf8),
                NumberDigits.fits(all.dropFirst(prefix.utf8.count))
            {
                return try international(digits, behind: prefix.utf8.count)
            }
            if !all.starts(with: "00".utf8), let national = plan.national(all) {
                return try e164(Array(plan.callingCode.utf8) + national)
            }
        }
        if let rest = NumberDigits.behindInternationalPrefix(all) {
            return try international(digits, behind: all.count - rest.count)
        }
        guard (4...15).contains(all.count) else { throw .noNumber }
        guard plan == nil else { throw .notInCountry }
        guard all.count > 6 else { throw .noNumber }
        guard NumberDigits.isLine(all) else { throw .needsCountry }
        return try e164(digits.bytes)
    }

    /// Reads digits that begin with a calling code behind a prefix; a trunk zero in brackets behind the code goes.
    private static func international(_ digits: NumberDigits, behind prefix: Int) throws(Fault) -> PhoneNumber {
        let all = digits.bytes.dropFirst(prefix)
        guard let code = CallingCode(leading: all) else {
            throw (7...15).contains(all.count) ? .noCallingCode : .noNumber
        }
        guard let bracketed = digits.bracketed, bracketed.at == prefix + code.digits.utf8.count,
            let plan = code.plans.first, isTrunk(bracketed.digits, of: plan)
        else { return try e164(Array(all)) }
        // Where numbers have no trunk prefix, as in Italy, the zero is their own.
        let rest = all.dropFirst(code.digits.utf8.count)
        if plan.trunkPrefix == nil, plan.takes(rest) { return try e164(Array(all)) }
        return try e164(Array(digits.withoutBracketed.dropFirst(prefix)))
    }

    private static func isTrunk(_ digits: [UInt8], of plan: NumberPlan) -> Bool {
        digits == [UInt8(ascii: "0")] || plan.trunkPrefix.map { digits.elementsEqual($0.utf8) } ?? false
    }

    private static func e164(_ digits: [UInt8]) throws(Fault) -> PhoneNumber {
        guard (7...15).contains(digits.count) else { throw .noNumber }
        return PhoneNumber(digits: digits)
    }
}
