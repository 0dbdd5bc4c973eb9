import FlowCore
import FlowWeb
import Testing

@Suite("A webhook's path")
struct WebhookPathTests {
    private static let uuid = "3e82ae9d-2c78-4d85-b1a4-6eae7dbafb36"
    private static let version = VersionID(digest: Array(repeating: 0xAB, count: 32))

    private static func step(
        _ call: String,
        flow: String = "dial-status",
        node: Int = 0,
        turn: Int = 1
    ) throws -> StepAddress {
        try StepAddress(call: #require(RunID(.call, call)), flow: flow, version: version, node: node, turn: turn)
    }

    @Test("is what it was printed as")
    func printed() throws {
        let step = try Self.step(Self.uuid, node: 2, turn: 13)
        let call = "AT6Crp0seE2FsaRurn26-zY"
        let table: [(WebhookPath, String)] = [
            (.flow("dial-status"), "/flows/dial-status"),
            (.incoming, "/incoming"),
            (
                .result(flow: "dial-status", version: Self.version, node: 2, turn: 13),
                "/flows/dial-status/abababababababab/2/13/result"
            ),
            (.events(step), "/flows/dial-status/abababababababab/2/13/events/\(call)"),
            (.confirmation(step, token: "t-_9"), "/flows/dial-status/abababababababab/2/13/confirm/\(call)/t-_9"),
            (.music(step, token: "t"), "/flows/dial-status/abababababababab/2/13/music/\(call)/t"),
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
        let path = try WebhookPath.music(
            Self.step(call, flow: String(repeating: "f", count: 128), node: 999_999, turn: 999_999),
            token: "t"
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
        // A call that no identifier is: empty, a kind that is none, 15 bytes, stray bits, no UTF-8, a message's.
        "/flows/x/abababababababab/2/13/events/", "/flows/x/abababababababab/2/13/events/A",
        "/flows/x/abababababababab/2/13/events/AA", "/flows/x/abababababababab/2/13/events/AQ",
        "/flows/x/abababababababab/2/13/events/AT6Crp0seE2FsaRurn26-w",
        "/flows/x/abababababababab/2/13/events/AT6Crp0seE2FsaRurn26-zZ", "/flows/x/abababababababab/2/13/events/gf8",
        "/flows/x/abababababababab/2/13/events/Aj6Crp0seE2FsaRurn26-zY",
        "/flows/x/abababababababab/2/13/events/AT6Crp0seE2FsaRurn26-zY/t",
        "/flows/x/abababababababab/2/13/confirm/AT6Crp0seE2FsaRurn26-zY",
        "/flows/x/abababababababab/2/13/confirm/AT6Crp0seE2FsaRurn26-zY/",
        "/flows/x/abababababababab/2/13/music/AT6Crp0seE2FsaRurn26-zY/t/t",
    ]

    @Test("that flowd does not print is none", arguments: garbage)
    func none(text: String) {
        #expect(WebhookPath(text) == nil)
    }

    @Test("with any one byte changed is another path or none")
    func mutations() throws {
        let path = try WebhookPath.confirmation(Self.step(Self.uuid), token: "tok")
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
        let upper = try WebhookPath.events(Self.step("3E82AE9D-2C78-4D85-B1A4-6EAE7DBAFB36")).text
        #expect(WebhookPath(upper) != nil)
        let asText = "/flows/x/abababababababab/0/1/events/gTNlODJhZTlkLTJjNzgtNGQ4NS1iMWE0LTZlYWU3ZGJhZmIzNg"
        #expect(WebhookPath(asText) == nil)
    }
}
