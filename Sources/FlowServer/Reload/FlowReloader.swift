import FlowCore
import FlowDocument
import FlowFiles
import FlowHost
import Logging
import ServiceLifecycle
import Synchronization
import UnixSignals

/// Takes up flow files as they change, all or nothing: with an error in any of them the live set stays.
///
/// It looks twice a second, and takes up a change that stood still for two looks: within 1.5 s. Asked by a signal, it
/// looks at once, and says what it found.
struct FlowReloader: Service {
    private static let every = Duration.milliseconds(500)
    /// After the store could not take a version.
    private static let pauseAfterFailure = Duration.seconds(5)

    let folder: FlowFolder
    /// The files as they were when the live set was read, so that no change in between is missed.
    let begin: FolderListing?
    /// What asks for a look.
    let signals: [UnixSignal]
    let host: Host
    let metrics: FlowMetrics
    /// What else is wrong with a set, such as secrets that are not there; it may repeat what reading them found.
    let validate: @Sendable (FlowFolder.Contents) -> [Finding]
    let log: FlowLog

    func run() async throws {
        try? await cancelWhenGracefulShutdown {
            let isAsked = Flag()
            // Occasions that come during a look are one.
            let (occasions, occasion) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask {
                    while true {
                        try await Task.sleep(for: Self.every)
                        occasion.yield()
                    }
                }
                group.addTask {
                    for await _ in await UnixSignalsSequence(trapping: signals) {
                        isAsked.raise()
                        occasion.yield()
                    }
                }
                var look = Look(FolderWatch(folder, since: begin))
                for await _ in occasions {
                    await self.look(&look, isAsked: isAsked.lower())
                    if look.hasFailed { try await Task.sleep(for: Self.pauseAfterFailure) }
                }
            }
        }
    }

    /// What was seen so far.
    private struct Look {
        var watch: FolderWatch
        /// What was found wanting, and whether it may be good without a change of its files.
        var refused: (contents: FlowFolder.Contents, mayHeal: Bool)?
        var complaint: String?
        var hasFailed = false

        init(_ watch: FolderWatch) {
            self.watch = watch
        }
    }

    private func look(_ look: inout Look, isAsked: Bool) async {
        do throws(FlowFolderError) {
            let sight = try look.watch.look(atOnce: isAsked)
            // Whoever was told that the files are gone, or asked for them, is told what they hold.
            let tells = isAsked || look.complaint != nil
            look.complaint = nil
            switch sight {
            case .unchanged:
                if let refused = look.refused {
                    guard tells || refused.mayHeal && errors(in: refused.contents).isEmpty else { return }
                    await takeUp(refused.contents, &look)
                } else if tells {
                    metrics.reloaded(true)
                    log.current(host.flows)
                }
            case .unsettled: break
            case .changed(let list, let contents):
                await takeUp(contents, &look)
                if !look.hasFailed { look.watch.acknowledge(list) }
            }
        } catch {
            // Said once, not at every look.
            guard isAsked || look.complaint != error.description else { return }
            look.complaint = error.description
            refuse(error.description)
        }
    }

    /// Makes a set live, or says why not.
    private func takeUp(_ contents: FlowFolder.Contents, _ look: inout Look) async {
        (look.hasFailed, look.refused) = (false, nil)
        let errors = errors(in: contents)
        guard errors.isEmpty else {
            look.refused = (contents, mayHeal: !contents.hasErrors)
            for error in errors { log.logger.error("a flow file has an error", metadata: Self.metadata(of: error)) }
            return refuse(errors.count == 1 ? "1 error" : "\(errors.count) errors")
        }
        // A folder that is emptied and filled again must not take the flows of calls that come meanwhile.
        guard !contents.flows.flows.isEmpty else {
            look.refused = (contents, mayHeal: false)
            return refuse("there is no flow in them")
        }
        let before = host.flows
        do {
            try await host.install(contents.flows, versions: contents.versions)
        } catch {
            // Worth another try.
            look.hasFailed = true
            log.logger.error(
                "changed flows could not be stored, and are tried again",
                metadata: ["error": "\(LogText.clean("\(error)"))"]
            )
            return
        }
        metrics.reloaded(true)
        log.changed(from: before, to: contents.flows)
    }

    /// All errors, each once.
    private func errors(in contents: FlowFolder.Contents) -> [Finding] {
        let own = contents.findings.filter { $0.severity == .error }
        return own + validate(contents).filter { $0.severity == .error && !own.contains($0) }
    }

    private func refuse(_ reason: String) {
        metrics.reloaded(false)
        log.logger.error("changed flows were not taken up", metadata: ["error": "\(reason)"])
    }

    private static func metadata(of finding: Finding) -> Logger.Metadata {
        let start = finding.span.start
        return [
            "at": "\(LogText.clean(finding.file)):\(start.line):\(start.column)",
            "code": "\(finding.code.id)",
            "finding": "\(LogText.clean(finding.message))",
        ]
    }
}

/// Up from some moment on, until somebody looks.
private final class Flag: Sendable {
    private let state = Atomic(false)

    func raise() { state.store(true, ordering: .relaxed) }

    /// - Returns: whether it was up.
    func lower() -> Bool { state.exchange(false, ordering: .relaxed) }
}
