import FlowDelivery
import Testing

@Suite("The egress policy")
struct EgressPolicyTests {
    enum Verdict: Sendable {
        /// Called by every policy.
        case everyone
        /// Called unless only public addresses are.
        case privately
        case never
    }

    @Test(
        "judges the address that is connected to",
        arguments: [
            ("8.8.8.8", Verdict.everyone), ("1.1.1.1", .everyone), ("93.184.216.34", .everyone),
            ("11.0.0.1", .everyone), ("100.63.255.254", .everyone), ("100.128.0.1", .everyone),
            ("172.15.255.255", .everyone), ("172.32.0.1", .everyone), ("169.253.255.255", .everyone),
            ("169.255.0.1", .everyone), ("192.167.255.255", .everyone), ("198.17.255.255", .everyone),
            ("198.20.0.1", .everyone), ("223.255.255.255", .everyone), ("168.63.129.15", .everyone),
            ("2001:4860:4860::8888", .everyone), ("2606:4700:4700::1111", .everyone), ("2a00:1450:4001::1", .everyone),
            ("::ffff:8.8.8.8", .everyone), ("64:ff9b::808:808", .everyone), ("2002:808:808::1", .everyone),
            ("127.0.0.1", .privately), ("127.255.255.254", .privately), ("10.0.0.1", .privately),
            ("172.16.0.1", .privately), ("172.31.255.255", .privately), ("192.168.1.1", .privately),
            ("100.64.0.1", .privately), ("100.127.255.254", .privately), ("192.0.0.8", .privately),
            ("192.0.2.1", .privately), ("192.88.99.1", .privately), ("198.18.0.1", .privately),
            ("198.19.255.255", .privately), ("198.51.100.7", .privately), ("203.0.113.9", .privately),
            ("240.0.0.1", .privately), ("255.255.255.254", .privately), ("::1", .privately),
            ("fc00::1", .privately), ("fd12:3456::1", .privately), ("fec0::1", .privately),
            ("2001:db8::1", .privately), ("3fff::1", .privately), ("100::1", .privately), ("4000::1", .privately),
            ("2001:10::1", .privately), ("2001:0:808:808::f7f7:f7f7", .privately), ("::7f00:1", .privately),
            ("::ffff:127.0.0.1", .privately), ("::ffff:10.0.0.1", .privately), ("64:ff9b::7f00:1", .privately),
            ("64:ff9b:1::808:808", .privately), ("2002:7f00:1::1", .privately), ("2002:c0a8:101::1", .privately),
            ("::ffff:0:10.0.0.1", .privately),
            ("0.0.0.0", .never), ("0.1.2.3", .never), ("169.254.0.1", .never), ("169.254.169.254", .never),
            ("169.254.170.2", .never), ("100.100.100.200", .never), ("168.63.129.16", .never), ("192.0.0.192", .never),
            ("224.0.0.1", .never), ("239.255.255.255", .never), ("255.255.255.255", .never), ("::", .never),
            ("fe80::1", .never), ("febf::1", .never), ("ff02::2", .never), ("fd00:ec2::254", .never),
            ("fd20:ce::254", .never), ("fd00:42::42", .never), ("::ffff:169.254.169.254", .never),
            ("::ffff:0:169.254.169.254", .never), ("::169.254.169.254", .never), ("64:ff9b::a9fe:a9fe", .never),
            ("64:ff9b:1::a9fe:a9fe", .never), ("2002:a9fe:a9fe::1", .never), ("2001:0:808:808::5601:5601", .never),
            ("::ffff:0.0.0.0", .never), ("64:ff9b::", .never),
        ]
    )
    func judges(text: String, verdict: Verdict) throws {
        let address = try #require(IPAddress(text))
        #expect((EgressPolicy.privateAllowed.refusal(of: address) == nil) == (verdict != .never), "private")
        #expect((EgressPolicy.publicOnly.refusal(of: address) == nil) == (verdict == .everyone), "public")
    }

    @Test("says why")
    func reasons() throws {
        func reason(_ policy: EgressPolicy, _ text: String) throws -> String? {
            policy.refusal(of: try #require(IPAddress(text)))
        }
        #expect(try reason(.privateAllowed, "169.254.169.254") == "is a link-local address and never called")
        #expect(
            try reason(.privateAllowed, "64:ff9b::a9fe:a9fe")
                == "stands for 169.254.169.254, which is a link-local address and never called"
        )
        #expect(try reason(.publicOnly, "10.1.2.3") == "is a private address, and only public addresses are called")
        #expect(
            try reason(.publicOnly, "::ffff:127.0.0.1")
                == "stands for 127.0.0.1, which is a loopback address, and only public addresses are called"
        )
        #expect(try reason(.publicOnly, "4000::1") == "is no public address, and only those are called")
    }

    @Test(
        "writes addresses as RFC 5952 does",
        arguments: [
            ("192.0.2.33", "192.0.2.33"), ("2001:0DB8:0:0:0:0:0:1", "2001:db8::1"), ("::", "::"), ("::1", "::1"),
            ("1::", "1::"), ("2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1"), ("::ffff:c000:221", "::ffff:192.0.2.33"),
            ("2001:0:0:1:0:0:0:1", "2001:0:0:1::1"), ("2001:db8:0:0:1:0:0:1", "2001:db8::1:0:0:1"),
            ("fe80:0:0:0:1:2:3:4", "fe80::1:2:3:4"), ("1:2:3:4:5:6:1.2.3.4", "1:2:3:4:5:6:102:304"),
        ]
    )
    func writes(text: String, canonical: String) {
        #expect(IPAddress(text)?.description == canonical)
    }

    @Test(
        "reads addresses in their usual notation only",
        arguments: [
            "", "1.2.3", "1.2.3.4.5", "256.1.1.1", "01.2.3.4", "1.2.3.+4", "127.1", "2130706433", "0x7f.0.0.1", ":",
            ":::",
            "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "1::2::3", "12345::", "::-1", "::1.2.3", "1.2.3.4::", "fe80::1%eth0",
            "1:2:3:4:5:6:7:8::", "g::",
        ]
    )
    func refusesText(text: String) {
        #expect(IPAddress(text) == nil)
    }
}
