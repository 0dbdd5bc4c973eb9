import Testing

@testable import FlowServer

/// Who may ask on the admin port.
@Suite struct AdminDoorTests {
    private static func request(
        _ method: String = "GET",
        host: String? = "localhost:8081",
        path: String = "/runs",
        authorization: String? = nil,
        origin: String? = nil,
        fetchSite: String? = nil
    ) -> AdminRequest {
        AdminRequest(
            method: method,
            target: path,
            host: host,
            authorization: authorization,
            origin: origin,
            fetchSite: fetchSite
        )
    }

    @Test(
        arguments: [
            ("localhost", nil), ("localhost:8081", nil), ("console.localhost:1", nil), ("127.0.0.1:8081", nil),
            ("127.9.8.7", nil), ("[::1]:8081", nil), ("Admin.Example", nil), ("", nil),
            ("evil.example", 403), ("evil.example:8081", 403), ("localhost.evil.example", 403), ("192.0.2.1", 403),
            ("0.0.0.0", 403), (nil, 400),
        ] as [(String?, Int?)]
    )
    func `without a token the host is one of this machine's names, on every address`(host: String?, status: Int?) {
        let door = AdminDoor(host: "admin.example", token: nil)
        for path in ["/", "/healthz", "/readyz", "/metrics", "/runs", "/nothing"] {
            for method in ["GET", "HEAD", "POST"] {
                let refusal = door.refusal(Self.request(method, host: host, path: path))
                #expect(refusal?.status == status)
                #expect(refusal.map { !String(decoding: $0.body, as: UTF8.self).contains("{") } ?? true)
            }
        }
    }

    @Test func `with a token any host is taken, but none that is malformed`() {
        let door = AdminDoor(host: "0.0.0.0", token: BearerToken("a-token"))
        func status(_ host: String?, _ authorization: String?, _ path: String = "/runs") -> Int? {
            door.refusal(Self.request(host: host, path: path, authorization: authorization))?.status
        }
        #expect(status("evil.example", "Bearer a-token") == nil)
        #expect(status("evil.example", "Bearer another") == 401)
        #expect(status("evil.example", nil) == 401)
        #expect(status("evil.example", nil, "/healthz") == nil)
        #expect(status(nil, "Bearer a-token") == 400)
    }

    @Test(
        arguments: [
            ("same-origin", nil, true), ("none", nil, true), ("same-origin", "http://evil.example", true),
            ("cross-site", nil, false), ("same-site", nil, false), ("cross-site", "http://localhost:8081", false),
            ("", nil, false), ("none, cross-site", nil, false),
            (nil, "http://localhost:8081", true), (nil, "http://LOCALHOST:8081", true),
            (nil, "https://localhost:8081", true), (nil, "http://localhost", false),
            (nil, "http://localhost:8082", false), (nil, "http://evil.example:8081", false), (nil, "null", false),
            (nil, "", false), (nil, "localhost:8081", false), (nil, nil, true),
        ] as [(String?, String?, Bool)]
    )
    func `what changes something comes from its own page, or from no page`(
        fetchSite: String?,
        origin: String?,
        isTaken: Bool
    ) {
        let door = AdminDoor(host: "127.0.0.1", token: nil)
        for method in ["POST", "DELETE", "OPTIONS"] {
            let refusal = door.refusal(Self.request(method, origin: origin, fetchSite: fetchSite))
            #expect(refusal?.status == (isTaken ? nil : 403))
        }
        for method in ["GET", "HEAD"] {
            #expect(door.refusal(Self.request(method, origin: origin, fetchSite: fetchSite)) == nil)
        }
    }

    @Test func `an origin without a port has the usual one`() {
        let door = AdminDoor(host: "127.0.0.1", token: nil)
        #expect(door.refusal(Self.request("POST", host: "localhost", origin: "http://localhost:80")) == nil)
        #expect(door.refusal(Self.request("POST", host: "localhost:443", origin: "https://localhost")) == nil)
        #expect(door.refusal(Self.request("POST", host: "[::1]:80", origin: "http://[::1]")) == nil)
        #expect(door.refusal(Self.request("POST", host: "localhost", origin: "http://localhost:443"))?.status == 403)
    }
}
