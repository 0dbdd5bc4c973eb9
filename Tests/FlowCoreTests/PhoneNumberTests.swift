import FlowCore
import Testing

@Suite("A telephone number")
struct PhoneNumberTests {
    private static func read(_ text: String, _ country: String?) throws -> WrittenNumber {
        try WrittenNumber(text, in: country.map { try #require(NumberPlan(country: $0)) })
    }

    /// How a number is written, the flow's country, and the number in E.164.
    static let numbers: [(String, String?, String?)] = [
        ("+14155550100", nil, "+14155550100"),
        ("14155550100", nil, "+14155550100"),
        ("+1 (415) 555-0100", nil, "+14155550100"),
        ("1.415.555/0100", nil, "+14155550100"),
        (" 14155550100", nil, "+14155550100"),
        ("tel:+14155550100", nil, "+14155550100"),
        ("TEL:+1-415-555-0100", nil, "+14155550100"),
        ("tel: +14155550100", nil, "+14155550100"),
        ("0014155550100", nil, "+14155550100"),
        ("00 1 415 555 0100", nil, "+14155550100"),
        ("01114155550100", nil, "+14155550100"),
        ("001114155550100", nil, "+14155550100"),
        ("011 44 20 7946 0000", nil, "+442079460000"),
        ("(+49) 30 123456", nil, "+4930123456"),
        // Blanks and what nobody sees.
        ("\u{202A}+12025551234\u{202C}", nil, "+12025551234"),
        ("\u{200E}+1\u{A0}202\u{2009}555\u{3000}1234\u{200F}", nil, "+12025551234"),
        ("\u{FEFF}+12025551234\u{FE0F}", nil, "+12025551234"),
        ("+1202\u{AD}555\u{2060}1234\u{E0100}", nil, "+12025551234"),
        ("+12025551234\r\n", nil, "+12025551234"),
        // A trunk zero in brackets.
        ("+49 (0)30 123456", nil, "+4930123456"),
        ("+44(0)20 7946 0000", nil, "+442079460000"),
        ("0044 (0)20/7946-0000", nil, "+442079460000"),
        ("+36 (06) 1 234 5678", nil, "+3612345678"),
        ("+7 (8) 916 123-45-67", nil, "+79161234567"),
        ("+39 (0)6 1234 5678", nil, "+390612345678"),
        ("+34 (0) 912 345 678", nil, "+34912345678"),
        ("+49 30 (0)123456", nil, "+49300123456"),
        // Without a country.
        ("4155550100", nil, nil),
        ("01712345678", nil, nil),
        ("1712345678", nil, nil),
        ("(0)20 7946 0000", nil, nil),
        ("11111111", nil, nil),
        ("22222222", nil, nil),
        ("1732786546", nil, nil),
        ("1732786546123", nil, nil),
        ("11025551234", nil, nil),
        ("4930123456", nil, "+4930123456"),
        ("442079460000", nil, "+442079460000"),
        // Of the flow's country.
        ("01712345678", "DE", "+491712345678"),
        ("01712 345678", "GB", "+441712345678"),
        ("030/123456", "DE", "+4930123456"),
        ("(030) 123456", "DE", "+4930123456"),
        ("0049 30 123456", "DE", "+4930123456"),
        ("+14155550100", "DE", "+14155550100"),
        ("0014155550100", "DE", "+14155550100"),
        ("4930123456", "DE", "+4930123456"),
        ("0113 496 0000", "GB", "+441134960000"),
        ("011 555 0100", "IT", "+390115550100"),
        ("447911123456", "GB", "+447911123456"),
        ("7911 123456", "GB", "+447911123456"),
        ("4155550100", "US", "+14155550100"),
        ("(415) 555-0100", "US", "+14155550100"),
        ("1 415 555 0100", "CA", "+14155550100"),
        ("011 44 20 7946 0000", "US", "+442079460000"),
        ("0114155550100", "US", nil),
        ("555-0100", "US", nil),
        ("0171234567", "US", nil),
        ("06 1234 5678", "IT", "+390612345678"),
        ("391 234 5678", "IT", "+393912345678"),
        ("612 345 678", "ES", "+34612345678"),
        ("8 (916) 123-45-67", "RU", "+79161234567"),
        ("810 1 415 555 0100", "RU", "+14155550100"),
        ("9161234567", "KZ", "+79161234567"),
        ("06 1 234 5678", "HU", "+3612345678"),
        ("0412 345 678", "AU", "+61412345678"),
        ("0011 1 415 555 0100", "AU", "+14155550100"),
        ("011 123 4567", "JP", "+81111234567"),
        ("010 1 415 555 0100", "JP", "+14155550100"),
        ("11987654321", "BR", "+5511987654321"),
        ("5512345678", "BR", "+555512345678"),
        ("98765 43210", "IN", "+919876543210"),
        ("13812345678", "CN", "+8613812345678"),
        ("5550100", "DE", nil),
        ("0000000000", "DE", nil),
        ("14155550100", "GB", nil),
        // None, whatever the country.
        ("0123456789", nil, nil), ("+0123456789", nil, nil), ("+2105551234", nil, nil), ("+997123456789", nil, nil),
        ("+123456", nil, nil), ("+1234567890123456", nil, nil), ("123456", nil, nil), ("12345", "DE", nil),
        ("anonymous", nil, nil), ("", nil, nil), (" ", nil, nil), ("+", nil, nil), ("sip:a@b.example", nil, nil),
        ("911", "US", nil), ("110", "DE", nil), ("+1911", nil, nil), ("+44 999", nil, nil), ("\u{202A}112", "DE", nil),
        ("++14155550100", nil, nil), ("+1415+5550100", nil, nil), ("+1415555O100", nil, nil),
        ("+14155550100 +12025551234", nil, nil), ("4155550\n4155551", "DE", nil), ("+1415555\n0100", nil, nil),
        ("+\u{661}\u{664}\u{661}\u{665}\u{665}\u{665}\u{665}\u{660}\u{661}\u{660}\u{660}", nil, nil),
        ("\u{FF0B}\u{FF11}4155550100", nil, nil), ("<html>4155550100</html>", "US", nil),
        ("+14155550100\u{0}", nil, nil), ("+1" + String(repeating: " ", count: 500) + "4155550100", nil, nil),
    ]

    @Test(arguments: numbers)
    func `is read however it is written`(_ text: String, _ country: String?, _ expected: String?) throws {
        let written = try Self.read(text, country)
        #expect(written.number?.text == expected)
        #expect(written.extension == nil)
        #expect((written.fault == nil) == (expected != nil))
    }

    @Test(arguments: [
        ("+14155550100 x123", "123"), ("+14155550100x5", "5"), ("+14155550100 ext. 42", "42"),
        ("+14155550100 Ext 42", "42"), ("tel:+14155550100;ext=7", "7"), ("+14155550100,,123", "123"),
        ("(+1) 415 555-0100 extension 9", "9"), ("+14155550100#12", "12"),
    ])
    func `has its extension told apart`(_ text: String, _ digits: String) {
        let written = WrittenNumber(text)
        #expect(written.number?.text == "+14155550100")
        #expect(written.extension == digits)
        #expect(PhoneNumber(text) == nil)
    }

    @Test(arguments: [
        ("4155550100", nil, WrittenNumber.Fault.needsCountry), ("01712345678", nil, .needsCountry),
        ("alice", nil, .noNumber), ("12", nil, .noNumber), ("911", nil, .emergency), ("+44 999", nil, .emergency),
        ("+2105551234", nil, .noCallingCode), ("+0171234567", nil, .noCallingCode), ("555-0100", "US", .notInCountry),
    ])
    func `says why it is none`(_ text: String, _ country: String?, _ fault: WrittenNumber.Fault) throws {
        #expect(try Self.read(text, country).fault == fault)
    }

    @Test(arguments: [
        ("14155551234", "+14155551234"), (" 14155551234", "+14155551234"), ("+1 (415) 555-1234", "+14155551234"),
        ("0014155551234", "+14155551234"), ("tel:+14155551234", "+14155551234"), ("9991234567", "+9991234567"),
        ("\u{202A}+14155551234\u{202C}", "+14155551234"), ("01712345678", "01712345678"), ("12345", "12345"),
        ("anonymous", "anonymous"), ("+266696687", "+266696687"), ("14155551234 x5", "14155551234 x5"),
    ])
    func `of Plivo's is E.164 already`(_ text: String, _ expected: String) {
        #expect(PhoneNumber.normalized(text) == expected)
    }

    @Test(arguments: [
        ("+266696687", false), ("+7378742833", false), ("+86282452253", false), ("+9991234567", false),
        ("+14155551234", true), ("+4930123456", true),
    ])
    func `that is withheld is no caller ID`(_ text: String, _ isCallerID: Bool) throws {
        #expect(try #require(PhoneNumber(plivo: text)).isCallerID == isCallerID)
    }

    @Test func `has a plan in every country with telephones`() throws {
        #expect(NumberPlan.countries.count == 245)
        for country in NumberPlan.countries {
            let plan = try #require(NumberPlan(country: country))
            #expect(CallingCode(leading: plan.callingCode)?.regions.contains(country) == true)
        }
        for none in ["de", "UK", "AQ", "001", "", "D", "DEU"] { #expect(NumberPlan(country: none) == nil) }
    }
}
