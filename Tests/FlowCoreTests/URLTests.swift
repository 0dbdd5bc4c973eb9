import FlowCore
import FlowDocument
import Testing

@Suite("A request's URL")
struct URLTests {
    @Test(arguments: [
        ("HTTPS://A.Example:443/X?q", "https://a.example/X"),
        ("http://a.example:80", "http://a.example"),
        ("http://a.example:443/x", "http://a.example:443/x"),
        ("http://127.0.0.1:5000/x", "http://127.0.0.1:5000/x"),
        ("http://a.example.:65535/", "http://a.example.:65535/"),
        ("http://[::1]:80/", "http://[::1]/"),
        ("http://[fe80::80]/", "http://[fe80::80]/"),
        ("http://[FE80::80]", "http://[fe80::80]"),
        ("http://[1:2:3:4:5:6:7:8]:8080/", "http://[1:2:3:4:5:6:7:8]:8080/"),
        ("http://[::ffff:192.0.2.1]/", "http://[::ffff:192.0.2.1]/"),
        ("http://[::]/", "http://[::]/"),
    ])
    func `scheme, host and port have one form`(_ url: String, _ expected: String) throws {
        let flow = try flow(text(url))
        #expect(flow.nodes[1].behavior.headline == "POST " + expected)
    }

    @Test(arguments: [
        "http://", "http://:80/", "http://.a/", "http://a..b/", "http://ä.example/", "http://a b/", "https//a.example",
        "http://a.example:/", "http://a.example:0/", "http://a.example:65536/", "http://a.example:8a/",
        "http://[::1/", "http://[::g]/", "http://[:::]/", "http://[1]/", "http://[]/", "http://[1::2::3]/",
        "http://[12345::]/", "http://[1:2:3:4:5:6:7]/", "http://[1:2:3:4:5:6:7::8]/", "http://[:1::]/",
        "http://[::192.0.2.256]/", "http://[::192.0.2]/", "http://[192.0.2.1::]/",
        #"http://a.example/<<Start.call.from | default: "a b">>/x y"#, "http://a.example/x y",
        "http://a.example/<<Start.call.from>> y", "http://a.example/<<Start.call.from>>#x", "http://a.example/?x#y",
    ])
    func `what cannot be sent is refused`(_ url: String) {
        #expect(problems(text(url)).map { $0.prefix(5) } == ["FD501"])
    }

    @Test(arguments: [
        (#"http://a.example/<<Start.call.from | default: "?">>/x"#, #"/<<Start.call.from | default: "?">>/x"#),
        (#"http://a.example/{{Start.params.x | append: "a#b"}}?q"#, #"/{{Start.params.x | append: "a#b"}}"#),
    ])
    func `marks inside a template divide nothing`(_ url: String, _ path: String) throws {
        let flow = try flow(text(url))
        #expect(flow.nodes[1].behavior.headline == "POST http://a.example" + path)
    }

    @Test(arguments: [
        ("app.example.com/x", "the URL has no scheme", "https://app.example.com/x"),
        ("app.example.com:8080/x?u=http://b", "the URL has no scheme", "https://app.example.com:8080/x?u=http://b"),
        ("//a.example.com/x", "the URL has no scheme", "https://a.example.com/x"),
        ("localhost:5000/x", "the URL has no scheme", "http://localhost:5000/x"),
        ("127.0.0.1/x", "the URL has no scheme", "http://127.0.0.1/x"),
        ("hello world", "the URL has no scheme", nil),
        ("a.example/x y", "the URL has no scheme", nil),
        ("https//a.example.com", "\"https\" is not followed by \"://\"", "https://a.example.com"),
        ("HTTPS:/a.example.com/x", "\"https\" is not followed by \"://\"", "https://a.example.com/x"),
        ("http:a.example.com", "\"http\" is not followed by \"://\"", "http://a.example.com"),
        ("https:/", "\"https\" is not followed by \"://\"", nil),
        ("/x", "a URL names a host, and this one has none", nil),
        ("../x", "a URL names a host, and this one has none", nil),
        ("mailto:x@y.z", "\"mailto\" is not http or https", nil),
        ("ftp://a.example.com/x", "\"ftp\" is not http or https", nil),
        (" https://a.example.com/x", "the URL begins with a blank", "https://a.example.com/x"),
    ])
    func `a URL that was probably meant is offered`(_ url: String, _ message: String, _ meant: String?) {
        let finding = findings(text(url)).first
        #expect(finding?.message == message)
        #expect(finding?.help == (meant.map { ["write \"\($0)\"?"] } ?? []))
    }

    @Test(arguments: [
        ("https://a.example.com/%zz", "%zz", 22), ("https://a.example.com/100%", "%", 25),
        ("https://a.example.com/%4", "%4", 22), ("https://a.example.com/%4/b", "%4", 22),
        ("https://a.example.com/?a=5%&b=<<Start.call.from>>", "%", 26), ("https://a.example.com/%é", "%", 22),
        ("https://a.example.com/<<Start.call.from>>/%", "%", 42), ("https://a.example.com/%20%%20", "%", 25),
    ])
    func `a percent sign that escapes nothing is marked`(_ url: String, _ marked: String, _ offset: Int) {
        let found = findings(text(url))
        #expect(
            found.map(\.message) == ["\"\(marked)\" is not an escape: expected two hexadecimal digits behind \"%\""]
        )
        #expect(found.first?.code == .badURL)
        #expect(found.first?.help == ["write %25 for a percent sign"])
        #expect(found.first?.span.start.column == 38 + offset)
        #expect(found.first?.span.end.column == 38 + offset + marked.count)
    }

    @Test(arguments: [
        "%20", "a%2Fb?c=%25&d=%e4", "%<<Start.call.from>>", "%4<<Start.call.from>>", "<<Start.call.from>>%",
        "<<Start.call.from | default: \"5%\">>", "?a={{Start.call.from | append: \"%zz\"}}",
    ])
    func `a percent sign that may be an escape is left in peace`(_ rest: String) {
        #expect(problems(text("https://a.example.com/\(rest)")) == [])
    }

    private func text(_ url: String) -> String {
        """
        nodes:
          Start: {type: start, transitions: {incoming_call: Report}}
          Report: {type: http_request, url: '\(url)', transitions: end}
        """
    }
}
