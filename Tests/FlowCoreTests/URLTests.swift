import FlowCore
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
    ])
    func `scheme, host and port have one form`(_ url: String, _ expected: String) throws {
        let flow = try flow(text(url))
        #expect(flow.nodes[1].behavior.headline == "POST " + expected)
    }

    @Test(arguments: [
        "http://", "http://:80/", "http://.a/", "http://a..b/", "http://ä.example/", "http://a b/", "https//a.example",
        "http://a.example:/", "http://a.example:0/", "http://a.example:65536/", "http://a.example:8a/",
        "http://[::1/", "http://[::g]/", "http://a.example/x y", "http://a.example/<<Start.call.from>> y",
        "http://a.example/<<Start.call.from>>#x", "http://a.example/?x#y",
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

    private func text(_ url: String) -> String {
        """
        nodes:
          Start: {type: start, transitions: {incoming_call: Report}}
          Report: {type: http_request, url: '\(url)', transitions: end}
        """
    }
}
