import Testing

@testable import FlowDelivery

@Suite("An origin")
struct OriginTests {
    @Test(
        "has one spelling",
        arguments: [
            ("http://App.Example.COM", "app.example.com", 80), ("HTTPS://app.example.", "app.example", 443),
            ("http://app.example:8080", "app.example:8080", 8_080), ("http://app.example:", "app.example", 80),
            ("http://[::1]:9001", "[::1]:9001", 9_001), ("http://[2001:DB8::1]", "[2001:db8::1]", 80),
            ("http://my_service:80", "my_service", 80), ("https://my_service:80", "my_service:80", 80),
            ("http://2130706433", "2130706433", 80),
        ]
    )
    func reads(text: String, authority: String, port: Int) {
        #expect(Origin(text)?.authority == authority)
        #expect(Origin(text)?.connectPort == port)
    }

    @Test(
        "is refused where a part of it could be taken for another",
        arguments: [
            "", "app.example", "ftp://app.example", "http://", "http://.", "http://.x", "http://a b",
            "http://user@host",
            "http://user:password@host", "http://host/path", "http://host?x", "http://host#x", "http://host:0",
            "http://host:65536", "http://host:80:80", "http://host:-1", "http://bücher.example", "http://[::1",
            "http://::1",
            "http://[fe80::1%25eth0]", "http://[127.0.0.1]", "http://host%2f", "http://host\r\n", "http://host\\x",
        ]
    )
    func refuses(text: String) {
        #expect(Origin(text) == nil)
    }

    @Test(
        "is followed by a target that cannot reach into it",
        arguments: [
            ("/a/b?c=d&e=%2F", "/a/b?c=d&e=%2F"), ("", "/"), ("@evil.example/", "/@evil.example/"), ("?a", "/?a"),
            (":81/", "/:81/"), ("/a b\r\nHost: x", "/a%20b%0D%0AHost:%20x"), ("/#x", "/%23x"), ("/%", "/%25"),
            ("/%zz", "/%25zz"), ("/é", "/%C3%A9"), ("/[x]", "/%5Bx%5D"), ("//evil.example/x", "//evil.example/x"),
        ]
    )
    func targets(text: String, target: String) {
        #expect(OutgoingMessage.target(text) == target)
    }
}
