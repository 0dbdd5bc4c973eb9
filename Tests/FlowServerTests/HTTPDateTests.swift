import FlowCore
import FlowServer
import Testing

@Suite struct HTTPDateTests {
    @Test(arguments: [
        (0, "Thu, 01 Jan 1970 00:00:00 GMT"), (784_111_777_999, "Sun, 06 Nov 1994 08:49:37 GMT"),
        (1_709_251_199_000, "Thu, 29 Feb 2024 23:59:59 GMT"), (1_795_870_861_000, "Sat, 28 Nov 2026 13:01:01 GMT"),
    ])
    func `a moment is written as RFC 9110 asks`(milliseconds: Int64, text: String) {
        var date = HTTPDate()
        #expect(date.text(at: Timestamp(milliseconds: milliseconds)) == text)
        #expect(date.text(at: Timestamp(milliseconds: milliseconds)) == text)
    }
}
