import FlowCore
import FlowHost
import FlowServer
import FlowStore
import FlowTesting
import Testing

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
}
