import FlowCore
import FlowWeb
import Testing

@Suite("A webhook's path")
struct WebhookPathTests {
    private static let uuid = "3e82ae9d-2c78-4d85-b1a4-6eae7dbafb36"
    private static let version = VersionID(digest: Array(repeating: 0xAB, count: 32))

    private static func path(
        _ call: String,
        flow: String = "dial-status",
        node: Int = 0,
        turn: Int = 1,
        name: String = "events",
        token: String? = nil
    ) throws -> CallbackPath {
        let run = try #require(RunID(.call, call))
        return CallbackPath(flow: flow, version: version, node: node, turn: turn, name: name, run: run, token: token)
    }

    @Test("is what it was printed as")
    func printed() throws {
        let action = CallbackPath(flow: "dial-status", version: Self.version, node: 2, turn: 13, name: "result")
        var none = action
        none.name = "none"
        let keyed = try Self.path(Self.uuid, node: 2, turn: 13, name: "result")
        var keyedNone = keyed
        keyedNone.name = "none"
        let run = "AT6Crp0seE2FsaRurn26-zY"
        let step = "/flows/dial-status/abababababababab/2/13"
        let table: [(WebhookPath, String)] = [
            (.flow("dial-status"), "/flows/dial-status"),
            (.incoming, "/incoming"),
            (.callback(action), "\(step)/result"),
            (.callback(none), "\(step)/result/none"),
            (.callback(keyed), "\(step)/result/\(run)"),
            (.callback(keyedNone), "\(step)/result/\(run)/none"),
            (.callback(try Self.path(Self.uuid, node: 2, turn: 13)), "\(step)/events/\(run)"),
            (
                .callback(try Self.path(Self.uuid, node: 2, turn: 13, name: "confirm", token: "t-_9")),
                "\(step)/confirm/\(run)/t-_9"
            ),
        ]
        for (path, text) in table {
            #expect(path.text == text)
            #expect(WebhookPath(text) == path)
        }
    }

    @Test(
        "holds any call's identifier",
        arguments: ["c", uuid, uuid.uppercased(), "é😀\u{0}/?#", String(repeating: "c", count: 128)]
    )
    func calls(call: String) throws {
        let path = try WebhookPath.callback(
            Self.path(
                call,
                flow: String(repeating: "f", count: 128),
                node: 999_999,
                turn: 999_999,
                name: "music",
                token: "t"
            )
        )
        #expect(WebhookPath(path.text) == path)
        #expect(path.text.utf8.allSatisfy { $0 == UInt8(ascii: "/") || Self.segmentCharacters.contains($0) })
    }

    private static let segmentCharacters = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)

    private static let garbage: [String] = [
        "", "/", "//", "/flows", "/flows/", "/flows//", "/flows/x/", "//flows/x", "flows/x", "/Flows/x", "/incoming/",
        "/incoming/x",
        "/healthz", "/flows/x?y", "/flows/x#y", "/flows/..", "/flows/a.b", "/flows/%61", "/flows/é", "/flows/a b",
        "/flows/x\u{0}",
        "/flows/" + String(repeating: "x", count: 129), "/flows/x/" + String(repeating: "/", count: 100_000),
        "/flows/x/abababababababab", "/flows/x/abababababababab/2", "/flows/x/abababababababab/2/13",
        "/flows/x/abababababababab/2/13/", "/flows/x/abababababababab/2/13/other",
        "/flows/x/abababababababab/2/13/result/",
        "/flows/x/abababababababab/2/13/result/x", "/flows/x/abababababababab/2/13/events",
        "/flows/x/ABABABABABABABAB/2/13/result", "/flows/x/ababababababab/2/13/result",
        "/flows/x/abababababababax/2/13/result",
        "/flows/x/abababababababab/-2/13/result", "/flows/x/abababababababab/02/13/result",
        "/flows/x/abababababababab/2/1000000/result", "/flows/x/abababababababab/2/99999999999999999999/result",
        "/flows/x/abababababababab/two/13/result", "/flows/x/abababababababab/2//result",
        // A call that no identifier is: empty, a kind that is none, 15 bytes, stray bits, no UTF-8.
        "/flows/x/abababababababab/2/13/events/", "/flows/x/abababababababab/2/13/events/A",
        "/flows/x/abababababababab/2/13/events/AA", "/flows/x/abababababababab/2/13/events/AQ",
        "/flows/x/abababababababab/2/13/events/AT6Crp0seE2FsaRurn26-w",
        "/flows/x/abababababababab/2/13/events/AT6Crp0seE2FsaRurn26-zZ", "/flows/x/abababababababab/2/13/events/gf8",
        "/flows/x/abababababababab/2/13/confirm/AT6Crp0seE2FsaRurn26-zY/",
        "/flows/x/abababababababab/2/13/music/AT6Crp0seE2FsaRurn26-zY/t/t",
        // A `<Redirect>` stands behind an action alone, and an action has no token.
        "/flows/x/abababababababab/2/13/none", "/flows/x/abababababababab/2/13/none/AT6Crp0seE2FsaRurn26-zY",
        "/flows/x/abababababababab/2/13/events/none", "/flows/x/abababababababab/2/13/result/none/none",
        "/flows/x/abababababababab/2/13/result/AT6Crp0seE2FsaRurn26-zY/t",
        "/flows/x/abababababababab/2/13/result/AT6Crp0seE2FsaRurn26-zY/t/none",
    ]

    @Test("that flowd does not print is none", arguments: garbage)
    func none(text: String) {
        #expect(WebhookPath(text) == nil)
    }

    @Test("with any one byte changed is another path or none")
    func mutations() throws {
        let path = try WebhookPath.callback(Self.path(Self.uuid, name: "confirm", token: "tok"))
        let bytes = Array(path.text.utf8)
        for index in bytes.indices {
            for byte in UInt8(0)...0x7F where byte != bytes[index] {
                var changed = bytes
                changed[index] = byte
                let text = String(decoding: changed, as: UTF8.self)
                guard let read = WebhookPath(text) else { continue }
                #expect(read != path)
                #expect(read.text == text)
            }
        }
    }

    @Test("of a UUID that is written as a text is none, so that a call has one path")
    func canonical() throws {
        // 0x81 says "a text": printed for identifiers that are no lower-case UUID only.
        let upper = try WebhookPath.callback(Self.path("3E82AE9D-2C78-4D85-B1A4-6EAE7DBAFB36")).text
        #expect(WebhookPath(upper) != nil)
        let asText = "/flows/x/abababababababab/0/1/events/gTNlODJhZTlkLTJjNzgtNGQ4NS1iMWE0LTZlYWU3ZGJhZmIzNg"
        #expect(WebhookPath(asText) == nil)
    }
}
