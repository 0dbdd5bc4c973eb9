import FlowCore
package import FlowDocument
package import FlowFiles
package import FlowHost
package import Logging
import ServiceLifecycle

/// Takes up flow files as they change, all or nothing: with an error in any of them the live set stays.
///
/// It looks twice a second, and takes up a change that stood still for two looks: within 1.5 s.
package struct FlowReloader: Service {
    private static let every = Duration.milliseconds(500)
    /// After the store could not take a version.
    private static let pauseAfterFailure = Duration.seconds(5)

    private let folder: FlowFolder
    private let host: Host
    private let metrics: FlowMetrics
    private let validate: @Sendable (FlowFolder.Contents) -> [Finding]
    private let logger: Logger
    private let begin: FolderListing?

    /// - Parameters:
    ///   - begin: the files as they were when the live set was read, so that no change in between is missed.
    ///   - validate: what else is wrong with a set, such as secrets that are not there.
    package init(
        _ folder: FlowFolder,
        since begin: FolderListing?,
        host: Host,
        metrics: FlowMetrics,
        validate: @escaping @Sendable (FlowFolder.Contents) -> [Finding],
        logger: Logger
    ) {
        self.folder = folder
        self.begin = begin
        self.host = host
        self.metrics = metrics
        self.validate = validate
        self.logger = logger
    }

    package func run() async throws {
        try? await cancelWhenGracefulShutdown {
            var look = Look(FolderWatch(folder, since: begin))
            while true {
                try await Task.sleep(for: Self.every)
                await self.look(&look)
                if look.hasFailed { try await Task.sleep(for: Self.pauseAfterFailure) }
            }
        }
    }

    /// What was seen so far.
    struct Look {
        var watch: FolderWatch
        /// What was found wanting for nothing but what `validate` found, which may change without a file of flows.
        var refused: FlowFolder.Contents?
        var complaint: String?
        var hasFailed = false

        init(_ watch: FolderWatch) {
            self.watch = watch
        }
    }

    func look(_ look: inout Look) async {
        do throws(FlowFolderError) {
            let sight = try look.watch.look()
            look.complaint = nil
            switch sight {
            case .unchanged:
                if let refused = look.refused, errors(beyond: refused).isEmpty { await takeUp(refused, &look) }
            case .unsettled: break
            case .changed(let list, let contents):
                await takeUp(contents, &look)
                if !look.hasFailed { look.watch.acknowledge(list) }
            }
        } catch {
            // Said once, not at every look.
            guard look.complaint != error.description else { return }
            look.complaint = error.description
            refuse(error.description)
        }
    }

    /// Makes a set live, or says why not.
    private func takeUp(_ contents: FlowFolder.Contents, _ look: inout Look) async {
        (look.hasFailed, look.refused) = (false, nil)
        let own = contents.findings.filter { $0.severity == .error }
        let beyond = errors(beyond: contents)
        guard own.isEmpty, beyond.isEmpty else {
            if own.isEmpty { look.refused = contents }
            for error in own + beyond { logger.error("a flow file has an error", metadata: Self.metadata(of: error)) }
            return refuse("\(own.count + beyond.count) errors")
        }
        // A folder that is emptied and filled again must not take the flows of calls that come meanwhile.
        guard !contents.flows.flows.isEmpty else { return refuse("there is no flow in them") }
        do {
            try await host.install(contents.flows, versions: contents.versions)
        } catch {
            // Worth another try.
            look.hasFailed = true
            logger.error(
                "changed flows could not be stored, and are tried again",
                metadata: ["error": "\(LogText.clean("\(error)"))"]
            )
            return
        }
        logger.notice("changed flows are live", metadata: ["flows": .stringConvertible(contents.flows.flows.count)])
        metrics.reloaded(true)
    }

    private func errors(beyond contents: FlowFolder.Contents) -> [Finding] {
        validate(contents).filter { $0.severity == .error }
    }

    private func refuse(_ reason: String) {
        metrics.reloaded(false)
        logger.error("changed flows were not taken up", metadata: ["error": "\(reason)"])
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
