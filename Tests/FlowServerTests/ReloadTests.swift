import FlowCore
import FlowHost
import FlowServer
import FlowStore
import FlowTesting
import Glibc
import Testing
import UnixSignals

/// Changed flow files.
@Suite struct ReloadTests {
    @Test func `a changed set is taken up by itself`() async throws {
        try await Fixture.run(reloads: true) { flowd, folder in
            let host = flowd.application.host
            let second = Fixture.dialStatus.replacing("name: dial-status", with: "")
                .replacing("14155550100", with: "14155550101")
            try folder.write(second, to: "below/second.yaml")
            try await eventually("the second flow is taken up") {
                host.flows.flows.map(\.name) == ["second", "dial-status"]
            }
            let version = try #require(host.flows.flows.first).version
            #expect(try await flowd.store.version(version)?.flow == "second")
            folder.removeFile("below/second.yaml")
            try await eventually("the second flow is gone") { host.flows.flows.map(\.name) == ["dial-status"] }
        }
    }

    @Test func `with an error in any file the running set stays, and the error is logged`() async throws {
        try await Fixture.run(reloads: true) { flowd, folder in
            let host = flowd.application.host
            let before = host.flows.flows.map(\.version)
            try folder.write(Fixture.dialStatus.replacing("press one", with: "press 1"), to: "dial-status.yaml")
            try folder.write("name: broken\nnodes:\n  Start:\n    type: strat\n", to: "broken.yaml")
            try await eventually("it is logged") {
                !flowd.log.all(containing: "changed flows were not taken up").isEmpty
            }
            #expect(host.flows.flows.map(\.version) == before)
            let lines = flowd.log.all(containing: "a flow file has an error")
            #expect(lines.contains { $0.contains("broken.yaml:4:11") && $0.contains("strat") })
            #expect(Set(lines).count == lines.count)
            let refusal = lines.count == 1 ? "1 error" : "\(lines.count) errors"
            #expect(
                flowd.log.all(containing: "not taken up").last
                    == "error changed flows were not taken up error=\(refusal)"
            )
            try await Task.sleep(for: .milliseconds(1_200))
            #expect(flowd.log.all(containing: "a flow file has an error") == lines)
            folder.removeFile("broken.yaml")
            try await eventually("the changed flow is taken up") { host.flows.flows.map(\.version) != before }
        }
    }

    @Test func `a folder that is gone leaves the running set`() async throws {
        try await Fixture.run(reloads: true) { flowd, folder in
            folder.remove()
            try await eventually("it is said") { !flowd.log.all(containing: "no such file or folder").isEmpty }
            #expect(flowd.application.host.flows.flows.map(\.name) == ["dial-status"])
            #expect(flowd.log.all(containing: "no such file or folder").count == 1)
        }
    }

    @Test func `an emptied folder leaves the running set`() async throws {
        try await Fixture.run(reloads: true) { flowd, folder in
            folder.removeFile("dial-status.yaml")
            try await eventually("it is said") { !flowd.log.all(containing: "there is no flow in them").isEmpty }
            #expect(flowd.application.host.flows.flows.map(\.name) == ["dial-status"])
            try folder.write(Fixture.dialStatus.replacing("press one", with: "press 1"), to: "dial-status.yaml")
            try await eventually("the flow is back") {
                flowd.log.all(containing: "changed flows are live").count == 1
            }
        }
    }

    @Test func `flows that wait for a secret are taken up when it is there, and refused once until then`() async throws
    {
        let isThere = Flag()
        try await Fixture.run(reloads: true, secret: isThere) { flowd, folder in
            let before = flowd.application.host.flows.flows.map(\.version)
            try folder.write(Fixture.dialStatus.replacing("press one", with: "press 1"), to: "dial-status.yaml")
            try await eventually("it is said") { !flowd.log.all(containing: "secret \"KEY\" is not there").isEmpty }
            try await Task.sleep(for: .milliseconds(1_200))
            #expect(flowd.log.all(containing: "secret \"KEY\" is not there").count == 1)
            isThere.raise()
            try await eventually("the flow is taken up") { flowd.application.host.flows.flows.map(\.version) != before }
        }
    }

    @Test func `a call under way stays on the version it began with`() async throws {
        try await Fixture.run(reloads: true) { flowd, folder in
            let answer = try await Wire.send(
                Wire.request("POST", "/flows/dial-status", body: Fixture.form(Fixture.callPairs)),
                port: flowd.webhooks
            )
            let action = try #require(answer.body.split(separator: "action=\"").dropFirst().first?.prefix { $0 != "#" })
            try folder.write(Fixture.dialStatus.replacing("dial-status\n", with: "other\n"), to: "dial-status.yaml")
            try await eventually("the flow has another name") { !flowd.application.host.knows(flow: "dial-status") }
            let target = String(action.dropFirst(Fixture.publicURL.count))
            let result = Fixture.form([("CallUUID", Fixture.call), ("DialStatus", "completed")])
            let exchange = try await Wire.send(Wire.request("POST", target, body: result), port: flowd.webhooks)
            #expect(exchange.body == "<Response><Hangup/></Response>")
            let other = Fixture.form([("CallUUID", "another-call"), ("From", "1"), ("To", "2")])
            let unknown = try await Wire.send(
                Wire.request("POST", "/flows/dial-status", body: other),
                port: flowd.webhooks
            )
            #expect(unknown.statuses == [404])
        }
    }

    private static func version(_ name: String, _ flowd: Fixture) throws -> VersionID {
        try #require(flowd.application.host.flows[name: name]).version
    }

    @Test func `the log says which flows came, went and changed, with what to give Plivo`() async throws {
        let fragment = "#ct=2000&rt=15000&rc=5&rp=ct,rt,5xx"
        let live = "notice a flow is live: give Plivo its URL for answer, hangup, fallback and messages"
        try await Fixture.run(reloads: true) { flowd, folder in
            let first = try Self.version("dial-status", flowd)
            #expect(
                flowd.log.all(containing: "a flow is live") == [
                    "\(live) flow=dial-status numbers=[\"+14155550100\"]"
                        + " url=http://flowd.test/flows/dial-status\(fragment) version=\(first)"
                ]
            )
            try folder.write(
                Fixture.dialStatus.replacing("dial-status", with: "second").replacing("0100", with: "0101"),
                to: "second.yaml"
            )
            try folder.write(Fixture.dialStatus.replacing("press one", with: "press 1"), to: "dial-status.yaml")
            try await eventually("it is taken up") { flowd.log.all(containing: "a flow is live").count == 3 }
            let (changed, second) = (try Self.version("dial-status", flowd), try Self.version("second", flowd))
            #expect(
                flowd.log.all.suffix(3) == [
                    "notice changed flows are live came=[\"second\"] changed=[\"dial-status\"] flows=2",
                    "\(live) flow=second numbers=[\"+14155550101\"]"
                        + " url=http://flowd.test/flows/second\(fragment) version=\(second)",
                    "\(live) flow=dial-status numbers=[\"+14155550100\"]"
                        + " url=http://flowd.test/flows/dial-status\(fragment) version=\(changed)",
                ]
            )
            folder.removeFile("second.yaml")
            try await eventually("it is gone") { !flowd.log.all(containing: "no longer served").isEmpty }
            #expect(
                flowd.log.all.suffix(2) == [
                    "notice changed flows are live flows=1 went=[\"second\"]",
                    "notice a flow is no longer served flow=second numbers=[\"+14155550101\"]",
                ]
            )
        }
    }

    @Test func `files that went away and came back have the last word`() async throws {
        try await Fixture.run(reloads: true) { flowd, folder in
            let away = folder.path + "-away"
            for turn in 1...2 {
                #expect(rename(folder.path, away) == 0)
                try await eventually("it is said") { flowd.log.all(containing: "no such file").count == turn }
                #expect(rename(away, folder.path) == 0)
                try await eventually("it is good again") {
                    flowd.log.all.last == "notice flow files hold the flows that are live flows=1"
                }
            }
            try folder.write("nodes: 1", to: "broken.yaml")
            try await eventually("it is refused") { flowd.log.all.last?.contains("not taken up") == true }
            let errors = flowd.log.all(containing: "broken.yaml")
            #expect(rename(folder.path, away) == 0)
            try await eventually("it is said") { flowd.log.all(containing: "no such file").count == 3 }
            #expect(rename(away, folder.path) == 0)
            try await eventually("the error is said again") {
                flowd.log.all(containing: "broken.yaml") == errors + errors
            }
            folder.removeFile("broken.yaml")
            try await eventually("it is good again") {
                flowd.log.all.last == "notice flow files hold the flows that are live flows=1"
            }
        }
    }

    @Test func `a signal asks for a look, and is told what was found`() async throws {
        try await Fixture.run(reloads: true, reloadSignals: [.sigwinch]) { flowd, folder in
            let same = "notice flow files hold the flows that are live flows=1"
            try await eventually("it listens to the signal") {
                kill(getpid(), SIGWINCH)
                return flowd.log.all(containing: same).count > 0
            }
            try folder.write("nodes: 1", to: "broken.yaml")
            for turn in 1...2 {
                kill(getpid(), SIGWINCH)
                try await eventually("it is refused") { flowd.log.all(containing: "not taken up").count >= turn }
            }
            folder.removeFile("broken.yaml")
            kill(getpid(), SIGWINCH)
            try await eventually("it is good again") { flowd.log.all.last == same }
        }
    }
}
