import FlowWeb
import Testing

@Suite("A public URL")
struct PublicURLTests {
    private static let taken: [(text: String, url: String, prefix: String)] = [
        ("http://127.0.0.1:8080", "http://127.0.0.1:8080", ""),
        ("https://h.example", "https://h.example", ""),
        ("https://h.example/", "https://h.example", ""),
        ("HTTPS://H.example:8443/", "https://H.example:8443", ""),
        ("https://h.example/plivo", "https://h.example/plivo", "/plivo"),
        ("https://h.example/a/b-c_d.e~1/", "https://h.example/a/b-c_d.e~1", "/a/b-c_d.e~1"),
        ("http://[::1]:8080/p", "http://[::1]:8080/p", "/p"),
        ("http://[2001:db8::1]", "http://[2001:db8::1]", ""),
    ]

    @Test("is scheme, host, port and prefix", arguments: taken)
    func valid(text: String, url: String, prefix: String) throws {
        let read = try PublicURL(text)
        #expect(read.text == url)
        #expect(read.prefix == prefix)
    }

    private static let refused: [(text: String, reason: String)] = [
        ("", "a public URL begins with http:// or https://"),
        ("h.example", "a public URL begins with http:// or https://"),
        ("ftp://h.example", "a public URL begins with http:// or https://"),
        ("https://user:secret@h.example", "a public URL has no user and no password in it"),
        ("https://h.example?x=1", "a public URL has no query, which begins at \"?\""),
        ("https://h.example/p#x", "a public URL has no fragment, which begins at \"#\""),
        ("https://", authority), ("https:///p", authority), ("https://h:", authority), ("https://h:0", authority),
        ("https://h:65536", authority), ("https://h:+1", authority), ("https://h:x", authority),
        ("https://[::1", authority),
        ("https://[h]", authority), ("https://::1", authority), ("https://h ", authority),
        ("https://hé.example", authority),
        ("https://h&.example", authority), ("https://..", authority),
        ("https://h//", path), ("https://h/a//b", path), ("https://h/a/../b", path), ("https://h/a b", path),
        ("https://h/a%20b", path), ("https://h/a;b", path), ("https://h/<", path), ("https://h/\u{0}", path),
    ]
    private static let authority = "a public URL has a host name or address, and a port from 1 to 65535 or none"
    private static let path =
        "the path of a public URL is made of letters, digits and - . _ ~ between slashes"

    @Test("that is anything else is refused in one line", arguments: refused)
    func invalid(text: String, reason: String) {
        #expect(throws: Refusal(reason)) { try PublicURL(text) }
    }

    private static let stripped: [(url: String, received: String, path: String)] = [
        ("https://h", "/flows/x", "/flows/x"),
        ("https://h/plivo", "/plivo/flows/x", "/flows/x"),
        ("https://h/plivo", "/flows/x", "/flows/x"),
        ("https://h/plivo", "/plivo/incoming", "/incoming"),
        ("https://h/plivo", "/plivo/unknown", "/unknown"),
        ("https://h/plivo", "/plivox/flows/x", "/plivox/flows/x"),
        ("https://h/plivo", "/plivo", "/plivo"),
        ("https://h/plivo", "/plivo/plivo/flows/x", "/plivo/flows/x"),
        ("https://h/flows", "/flows/flows/x", "/flows/x"),
        ("https://h/flows", "/flows/x", "/flows/x"),
        ("https://h/flows", "/flows/incoming", "/incoming"),
    ]

    @Test("strips its prefix, whether or not a proxy did, and signs with it once", arguments: stripped)
    func strip(url: String, received: String, path: String) throws {
        let url = try PublicURL(url)
        #expect(url.strip(received) == path)
        #expect(url.signed(received) == url.text + path)
    }

    @Test(arguments: [
        ("/a/b", "/a/b"), ("/a/b/", "/a/b"), ("//a//b//", "/a/b"), ("/", "/"), ("///", "/"), ("", ""), ("a/", "a"),
    ])
    func `a path has one tidy spelling`(path: String, tidy: String) {
        #expect(PublicURL.tidy(path) == tidy)
    }

    @Test func `a URL has the spellings that Plivo may have signed, the configured and received one first`() throws {
        func spellings(_ url: String, _ path: String, _ host: String) throws -> [String] {
            Array(try PublicURL(url).spellings(of: path, host: host))
        }
        #expect(
            try spellings("https://h.example/p", "/p//flows/x", "h.example") == [
                "https://h.example/p//flows/x", "https://h.example/p/flows/x", "https://h.example/p/flows/x/",
                "https://h.example:443/p//flows/x", "https://h.example:443/p/flows/x",
                "https://h.example:443/p/flows/x/",
            ]
        )
        #expect(
            try spellings("http://H.example:8080", "/incoming", "h.EXAMPLE:8080") == [
                "http://H.example:8080/incoming", "http://H.example:8080/incoming/",
                "http://h.EXAMPLE:8080/incoming", "http://h.EXAMPLE:8080/incoming/",
                "http://h.example:8080/incoming", "http://h.example:8080/incoming/",
            ]
        )
        #expect(try spellings("http://h.example", "/x", "evil.example").allSatisfy { !$0.contains("evil") })
    }
}
