import Foundation
import Testing

@testable import FlowDelivery

@Suite struct ContentCodingTests {
    private static let text = #"{"agent":"+12025551234"}"#
    static let gzip = "H4sIAAAAAAAC/6tWSkxPzStRslLSNjQyMDI1NTU0MjZRqgUAuwcfMxgAAAA="
    private static let zlib = "eJyrVkpMT80rUbJS0jY0MjAyNTU1NDI2UaoFAFQBBiM="
    private static let bare = "q1ZKTE/NK1GyUtI2NDIwMjU1NTQyNlGqBQA="
    private static let gzipTwice =
        "H4sIAAAAAAAC/5Pv5mAAAab/q8O8fPzPagduCrpkZmJkYGRqampiZBa4ipVhN7u8sQRQDQCjRLqjLAAAAA=="
    private static let zlibInGzip = "H4sIAAAAAAAC/6uYszrMy8f/rHbgpqBLZiZGBkampqYmRmaBq1gZQhjZlAF2N70xIAAAAA=="
    /// Three members, the second of them empty.
    private static let members =
        "H4sIAAAAAAAC/6tWSkxPzStRslICAG8DEkIKAAAAH4sIAAAAAAAC/wMAAAAAAAAAAAAfiwgAAAAAAAL/0zY0MjAyNTU1NDI2UaoFAOeDmzoOAAAA"
    private static let wrongChecksum = "H4sIAAAAAAAC/6tWSkxPzStRslLSNjQyMDI1NTU0MjZRqgUAuwceMxgAAAA="

    private func bytes(_ base64: String) throws -> [UInt8] { Array(try #require(Data(base64Encoded: base64))) }

    private func decode(_ body: [UInt8], _ codings: [String], limit: Int = 1_000) throws -> String {
        String(decoding: try ContentCoding.decode(body, codings, limit: limit), as: UTF8.self)
    }

    @Test(
        arguments: [
            (gzip, ["gzip"]), (gzip, ["X-GZip"]), (zlib, ["deflate"]), (bare, ["deflate"]), (gzip, ["deflate"]),
            (gzipTwice, ["gzip, gzip"]), (gzipTwice, ["gzip", "identity", "x-gzip"]),
            (zlibInGzip, ["deflate", "gzip"]), (zlibInGzip, [" deflate ,, gzip"]), (members, ["gzip"]),
        ] as [(String, [String])]
    )
    func `a packed body is unpacked`(body: String, codings: [String]) throws {
        #expect(try decode(bytes(body), codings) == Self.text)
    }

    @Test(arguments: [[], ["identity"], ["gzip"], ["deflate"], ["deflate, gzip"]] as [[String]])
    func `a text that is not packed is taken as it is, whatever its label says`(codings: [String]) throws {
        #expect(try decode(Array(Self.text.utf8), codings) == Self.text)
        #expect(try decode([], codings) == "")
    }

    @Test func `what follows a packed body is no part of it`() throws {
        #expect(try decode(bytes(Self.gzip) + [0, 0, 0, 0], ["gzip"]) == Self.text)
    }

    @Test func `a body may have as many bytes as the limit, unpacked`() throws {
        #expect(try decode(bytes(Self.gzip), ["gzip"], limit: 24) == Self.text)
        for packed in [Self.gzip, Self.members] {
            let body = try bytes(packed)
            #expect(throws: ContentCoding.Failure.tooLarge) { try decode(body, ["gzip"], limit: 23) }
        }
    }

    @Test(
        arguments: [
            (Array(Data(base64Encoded: gzip) ?? Data()).dropLast(4), ["gzip"], .cutOff),
            (Array(Data(base64Encoded: gzip) ?? Data()).prefix(5), ["gzip"], .cutOff),
            (Array(Data(base64Encoded: zlib) ?? Data()).dropLast(1), ["deflate"], .cutOff),
            (Array(Data(base64Encoded: wrongChecksum) ?? Data())[...], ["gzip"], .damaged),
            ([0xFF, 0xFF, 0xFF, 0xFF], ["gzip"], .damaged), ([0xFF, 0xFF, 0xFF, 0xFF], ["deflate"], .damaged),
            ([0x0B, 0x80], ["br"], .unknown("br")), ([0x61], ["gzip", "zstd"], .unknown("zstd")),
            ([0x61], ["gzip, gzip, gzip, gzip, gzip"], .damaged),
        ] as [(ArraySlice<UInt8>, [String], ContentCoding.Failure)]
    )
    func `a body that cannot be unpacked says why`(
        body: ArraySlice<UInt8>,
        codings: [String],
        failure: ContentCoding.Failure
    ) {
        #expect(throws: failure) { try decode(Array(body), codings) }
    }
}
