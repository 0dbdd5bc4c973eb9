import FlowCore
import Testing

/// Small things that several modules share.
@Suite struct SharedValueTests {
    /// RFC 4648, section 10.
    @Test(arguments: [
        ("", "", ""), ("f", "Zg==", "Zg"), ("fo", "Zm8=", "Zm8"), ("foo", "Zm9v", "Zm9v"),
        ("foob", "Zm9vYg==", "Zm9vYg"),
        ("fooba", "Zm9vYmE=", "Zm9vYmE"), ("foobar", "Zm9vYmFy", "Zm9vYmFy"),
    ])
    func `base64 is what its standard says, and read strictly`(text: String, padded: String, unpadded: String) {
        #expect(Base64.standard.encode(Array(text.utf8)) == padded)
        #expect(Base64.url.encode(text.utf8) == unpadded)
        #expect(Base64.standard.decode(padded[...].utf8) == Array(text.utf8))
        #expect(Base64.url.decode(unpadded[...].utf8) == Array(text.utf8))
    }

    @Test(arguments: ["Zg", "Zg=", "Zh==", "Zg==\n", "Zg===", "Z", "Zm8-", "====", "Zm 9v"])
    func `base64 with anything else in it is none`(text: String) {
        #expect(Base64.standard.decode(text[...].utf8) == nil)
    }

    /// draft-eastlake-fnv, appendix C.
    @Test(arguments: [("", 0xCBF2_9CE4_8422_2325), ("a", 0xAF63_DC4C_8601_EC8C), ("foobar", 0x8594_4171_F739_67E8)])
    func `a sum is that of the draft`(text: String, sum: UInt64) {
        #expect(FNV1a(text.utf8).sum == sum)
    }

    @Test func `a sum in words tells every byte`() {
        let bytes = Array("nineteen bytes long".utf8)
        func sum(_ bytes: [UInt8]) -> UInt32 {
            var hash = FNV1a()
            bytes.withUnsafeBytes { hash.add(inWords: $0) }
            return hash.folded
        }
        for index in bytes.indices {
            var changed = bytes
            changed[index] ^= 1
            #expect(sum(changed) != sum(bytes))
        }
    }

    @Test(arguments: [
        (0, 1970, 1, 1), (-1, 1969, 12, 31), (59, 1970, 3, 1), (11_016, 2000, 2, 29), (11_017, 2000, 3, 1),
        (-719_468, 0, 3, 1), (20_551, 2026, 4, 8), (47_541, 2100, 3, 1), (2_932_896, 9999, 12, 31),
    ])
    func `a day has its date, and the date its day`(days: Int64, year: Int64, month: Int64, day: Int64) {
        #expect(CivilDate(days: days) == CivilDate(year: year, month: month, day: day))
        #expect(CivilDate(year: year, month: month, day: day).days == days)
    }
}
