import FlowWeb
import Testing

/// Host and port, as they are written.
@Suite struct AuthorityTests {
    @Test(
        arguments: [
            ("Example.COM", "example.com", nil), ("example.com:8081", "example.com", 8081), ("a:", "a", nil),
            ("127.0.0.1:0", "127.0.0.1", 0), ("[::1]", "::1", nil), ("[2001:DB8::1]:443", "2001:db8::1", 443),
            ("a%20b", "a%20b", nil), ("x-y_z.~!", "x-y_z.~!", nil),
        ] as [(String, String, Int?)]
    )
    func `host and port are read`(text: String, host: String, port: Int?) throws {
        let authority = try #require(Authority(text))
        #expect(authority.host == host)
        #expect(authority.port == port)
    }

    @Test(arguments: [
        "", ":80", "a b", "a/b", "u@a", "a?b", "a#b", "a,\u{E9}", "::1", "[::1", "[a]", "[]", "a:65536", "a:x", "a:-1",
        "a:123456", "a%2", "a%zz", "a:80:80", "\u{E9}", "<a>", "a\"b", "[::1]x", String(repeating: "a", count: 254),
    ])
    func `anything else is none`(text: String) {
        #expect(Authority(text) == nil)
    }

    @Test(arguments: [
        ("localhost", true), ("LOCALHOST:9", true), ("flowd.localhost", true), ("a.b.localhost:1", true),
        ("127.0.0.1", true), ("127.255.0.9:80", true), ("[::1]", true), ("[0:0:0:0:0:0:0:1]:1", true),
        ("localhost.example", false), ("notlocalhost", false), ("evil.example", false), ("127.0.0.1.nip.io", false),
        ("128.0.0.1", false), ("127.0.0", false), ("127.1", false), ("0.0.0.0", false), ("[::]", false),
        ("[::2]", false), ("[1::1]", false), ("[::ffff:127.0.0.1]", false), ("localhost.", false),
    ])
    func `names of this machine are told from others`(text: String, isLoopback: Bool) throws {
        #expect(try #require(Authority(text)).isLoopback == isLoopback)
    }
}
