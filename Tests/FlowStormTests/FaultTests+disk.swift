import Foundation
import Testing

#if os(Linux)
import Glibc

extension FaultTests {
    @Test(.enabled(if: HangingDisk.compiler != nil, "no C compiler is found, so no disk can be made to hang"))
    func `while the disk hangs a call hears on_error within a second or so, and all is well once it answers`()
        async throws
    {
        let disk = try await HangingDisk()
        defer { disk.remove() }
        try await outage(environment: disk.environment) { site, flowd, cloud, action, conversation in
            let address = "\(flowd.base)/flows/plain"
            let old = Conversation(base: flowd.base, cloud: cloud, flow: "plain")
            let dial = await cloud.post(address, old.answerPairs)
            #expect(dial?.isDocument == true)
            #expect(await cloud.get(flowd.admin + "/readyz")?.status == 200)
            try disk.hang()
            // The first is answered before its commit hangs: its result alone rebuilds it.
            let first = Conversation(base: flowd.base, cloud: cloud, flow: "plain")
            #expect(await cloud.post(address, first.answerPairs)?.isDocument == true)
            #expect(await Self.eventually { await cloud.get(flowd.admin + "/readyz")?.status == 503 })
            var waits: [Duration] = []
            for _ in 1...3 {
                let asked = ContinuousClock.now
                let other = Conversation(base: flowd.base, cloud: cloud, flow: "plain")
                #expect(await cloud.post(address, other.answerPairs)?.isApology == true)
                waits.append(asked.duration(to: .now))
                #expect(await cloud.get(flowd.admin + "/readyz")?.status == 503)
            }
            // A second is promised; the quickest of them says so, the others how busy the machine is.
            #expect(try #require(waits.min()) < .seconds(2))
            // Refused for five seconds from the first failure, whatever else comes in, and answered in the end.
            let isAnswered = await Self.eventually {
                _ = await cloud.post(address, old.hangupPairs(isCancelled: false))
                return await cloud.post(action, conversation.resultPairs())?.isApology == true
            }
            #expect(isAnswered)
            let log = try String(contentsOfFile: site.log, encoding: .utf8)
            #expect(log.contains("the result of a step is only in this line"))
            try disk.answer()
            #expect(await Self.eventually { await cloud.get(flowd.admin + "/readyz")?.status == 200 })
            #expect(await cloud.post(address, old.answerPairs) == dial)
        }
    }

    @Test(.enabled(if: geteuid() == 0, "only root can mount a small file system"))
    func `on a full file system nothing is promised, and nothing that was answered is lost`() async throws {
        try await AppServer.run { app in
            try await Site.with(app) { site in
                var site = site
                let folder = site.folder + "/disk"
                site.storeFolder = folder
                try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
                try await Self.run("mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", folder)
                do {
                    try await outage(site, app) { try await fill(folder, app, $1, $2, $3, $4) }
                } catch {
                    try await Self.run("umount", "-l", folder)
                    throw error
                }
                try await Self.run("umount", folder)
            }
        }
    }

    private func fill(
        _ folder: String,
        _ app: AppServer,
        _ flowd: Flowd,
        _ cloud: PlivoCloud,
        _ action: String,
        _ conversation: Conversation
    ) async throws {
        let address = "\(flowd.base)/flows/plain"
        let old = Conversation(base: flowd.base, cloud: cloud, flow: "plain")
        let dial = await cloud.post(address, old.answerPairs)
        let filler = folder + "/filler"
        let descriptor = open(filler, O_WRONLY | O_CREAT | O_APPEND, 0o600)
        let zeros = [UInt8](repeating: 0, count: 4_096)
        while write(descriptor, zeros, zeros.count) > 0 {}
        close(descriptor)
        // What there is room for in the log is still taken, and that is true.
        var answered: [(call: Conversation, action: String)] = []
        while true {
            let call = Conversation(base: flowd.base, cloud: cloud, flow: "plain")
            let reply = await cloud.post(address, call.answerPairs)
            if reply?.isApology == true { break }
            answered.append((call, try #require(reply?.action)))
            try #require(answered.count < 10_000, "the disk is not full")
        }
        #expect(await cloud.post(action, conversation.resultPairs())?.status == 503)
        for _ in 1...10 {
            #expect(await cloud.get(flowd.admin + "/readyz")?.status == 503)
            #expect(await cloud.post(address, old.answerPairs) == dial)
            #expect(await cloud.post(address, old.hangupPairs(isCancelled: false))?.status == 503)
            let other = Conversation(base: flowd.base, cloud: cloud, flow: "plain")
            #expect(await cloud.post(address, other.answerPairs)?.isApology == true)
        }
        let isAnswered = await Self.eventually {
            _ = await cloud.get(flowd.admin + "/readyz")
            return await cloud.post(action, conversation.resultPairs())?.isApology == true
        }
        #expect(isAnswered)
        try FileManager.default.removeItem(atPath: filler)
        #expect(await Self.eventually { await cloud.get(flowd.admin + "/readyz")?.status == 200 })
        // The last of those that were answered, some before their commit failed: the result of each is taken and reported.
        for (call, action) in answered.suffix(30) {
            let reply = await cloud.post(action, call.resultPairs())
            #expect(reply?.isDocument == true && reply?.isApology == false)
        }
        let isReported = await Self.eventually {
            let reports = app.reports()
            return answered.suffix(30).allSatisfy { reports[$0.call.call]?.contains(where: \.wasTaken) == true }
        }
        #expect(isReported)
    }

    @Test
    func `files that are removed while it serves are an alarm, and an outage until it is started again`() async throws {
        try await AppServer.run { app in
            try await Site.with(app) { site in
                try await PlivoCloud.with { cloud in
                    let flowd = try Flowd(site)
                    try flowd.start()
                    try await flowd.serves(cloud)
                    try await Self.run("sh", "-c", "rm '\(site.store)'*")
                    #expect(await Self.eventually { await cloud.get(flowd.admin + "/readyz")?.status == 503 })
                    for _ in 1...3 {
                        let call = Conversation(base: flowd.base, cloud: cloud, flow: "plain")
                        #expect(await cloud.post("\(flowd.base)/flows/plain", call.answerPairs)?.isApology == true)
                    }
                    let log = try String(contentsOfFile: site.log, encoding: .utf8)
                    #expect(log.ranges(of: "the store's files were removed, renamed or replaced").count == 1)
                    #expect(try await flowd.stop() == 0)
                    try flowd.start()
                    try await flowd.serves(cloud)
                    #expect(await cloud.get(flowd.admin + "/readyz")?.status == 200)
                    #expect(try await flowd.stop() == 0)
                }
            }
        }
    }

    @Test(.enabled(if: geteuid() == 0, "only root can mount a file"))
    func `a store that is a mount of its own is refused with one line`() async throws {
        try await AppServer.run { app in
            try await Site.with(app) { site in
                #expect(FileManager.default.createFile(atPath: site.folder + "/elsewhere.db", contents: nil))
                #expect(FileManager.default.createFile(atPath: site.store, contents: nil))
                let script = """
                    mount --bind "$1/elsewhere.db" "$2" && exec "$0" serve "$1/flows" --store "$2" --public-url http://localhost
                    """
                let child = try ChildProcess(
                    ["/usr/bin/unshare", "-m", "sh", "-c", script, Site.binary(), site.folder, site.store],
                    environment: ["PATH": "/usr/sbin:/usr/bin:/sbin:/bin"],
                    output: site.log
                )
                #expect(try await child.end() == 1)
                let lines = try String(contentsOfFile: site.log, encoding: .utf8).split(separator: "\n")
                let line =
                    "it is a mount of its own, so its -wal file would stay behind in another place: mount its folder"
                #expect(lines.last?.hasSuffix(line) == true)
            }
        }
    }

    /// Runs a tool of the system's.
    static func run(_ words: String...) async throws {
        let child = try ChildProcess(
            ["/usr/bin/env"] + words,
            environment: ["PATH": "/usr/sbin:/usr/bin:/sbin:/bin"],
            output: "/dev/null"
        )
        try #require(await child.end() == 0, "\(words.joined(separator: " ")) failed")
    }
}
#endif
