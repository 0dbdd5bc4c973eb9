import FlowCore
import Testing

@testable import FlowDelivery

@Suite("Retry-After")
struct RetryAfterTests {
    /// 1994-11-06 08:49:37 UTC.
    private static let date: Int64 = 784_111_777_000

    @Test(
        "is seconds or a date in any of HTTP's three forms",
        arguments: [
            ("120", 120), ("0", 0), (" 7 ", 7), ("99999999999999999999999", Int(Int32.max)),
            ("Sun, 06 Nov 1994 08:49:37 GMT", 60), ("Sunday, 06-Nov-94 08:49:37 GMT", 60),
            ("Sun Nov  6 08:49:37 1994", 60), ("sun, 6 nov 1994 08:49:37 gmt", 60),
            ("Sun, 06 Nov 1994 08:48:00 GMT", 0), ("Fri, 31 Dec 1993 23:59:59 GMT", 0),
        ]
    )
    func readable(text: String, seconds: Int) {
        #expect(RetryAfter.seconds(text, now: Timestamp(milliseconds: Self.date - 60_000)) == seconds)
    }

    @Test("is rounded up to whole seconds")
    func rounding() {
        let now = Timestamp(milliseconds: Self.date - 1_001)
        #expect(RetryAfter.seconds("Sun, 06 Nov 1994 08:49:37 GMT", now: now) == 2)
    }

    @Test(
        "is nothing where it is neither",
        arguments: [
            "", " ", "-5", "1.5", "soon", "Sun, 06 Foo 1994 08:49:37 GMT", "Sun, 06 Nov 1994", "06 Nov 1994 25:00:00",
            "Nov 1994 08:49:37", "32 Nov 1994 08:49:37", "1e9", "٣", "Sun, 06 Nov 94000 08:49:37 GMT", ": Nov : 1 1",
        ]
    )
    func unreadable(text: String) {
        #expect(RetryAfter.seconds(text, now: Timestamp(milliseconds: Self.date)) == nil)
    }

    @Test(
        "knows leap years",
        arguments: [("29 Feb 2024 00:00:00", 1_709_164_800), ("1 Mar 2100 00:00:00", 4_107_542_400)]
    )
    func leapYears(text: String, seconds: Int64) {
        #expect(RetryAfter.date(text) == Timestamp(milliseconds: seconds * 1_000))
    }
}
