import ArgumentParser
import FlowCore
import FlowDelivery
import FlowDocument
import FlowFiles
import FlowHost
import FlowLint
import FlowServer
import FlowStore
import FlowStoreSQLite
import FlowWeb
import Foundation
import Logging
import Plivo
import UnixSignals

extension Flowd {
    struct Serve: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "serve",
            abstract: "Answer Plivo's webhooks from flow files.",
            discussion: """
                Secrets come from the environment: PLIVO_AUTH_TOKEN verifies Plivo's signatures (several, comma-separated, \
                while one is rotated), FLOWD_WEBHOOK_SECRET signs what app servers receive, FLOWD_ADMIN_TOKEN guards the \
                admin port, FLOWD_SECRET_<NAME> is what flows read as <<secrets.NAME>>. The first three and \
                FLOWD_STORE may be in a file each, which PLIVO_AUTH_TOKEN_FILE and so on name. SSL_CERT_FILE names a PEM file \
                whose authorities app servers' certificates are verified against, in place of the machine's.
                """
        )

        @OptionGroup var options: ServeOptions

        func run() async throws {
            let environment = try SettingsEnvironment.read()
            let settings = try ServeSettings(options, environment: environment)
            // A reader of stderr that goes away must not end the process, nor a terminal that is closed.
            for number in [SIGPIPE, SIGHUP] { signal(number, SIG_IGN) }
            let log = Self.log(settings)
            do {
                try await serve(settings, environment, log)
            } catch {
                // With nobody to read stderr, nobody can be told why.
                guard log.flush(within: Self.flushLimit) else { throw ExitCode(1) }
                throw error
            }
            log.flush(within: Self.flushLimit)
        }

        /// For somebody to read the last log lines.
        private static let flushLimit = Duration.seconds(1)

        private func serve(_ settings: ServeSettings, _ environment: [String: String], _ log: LogQueue) async throws {
            let logger = Logger(label: "flowd")
            let secrets = Secrets(environment: environment, directory: settings.secretsDirectory)
            let trustRoots = try Self.trustRoots(environment)
            let folder = FlowFolder(settings.paths)
            let (since, contents) = try Self.read(folder, secrets)
            let crashGuard = Self.crashGuard(settings, environment)
            let store = try await Self.store(settings, crashGuard, logger)
            let application = try await buildApplication(
                settings.configuration,
                folder: folder,
                contents: contents,
                since: since,
                store: store,
                courier: HTTPCourier(
                    policy: settings.egress,
                    secrets: secrets.source,
                    signer: settings.signer,
                    version: flowdVersion,
                    trustRoots: trustRoots,
                    now: Self.now
                ),
                worker: .here,
                logger: logger,
                now: Self.now,
                crashGuard: crashGuard,
                validate: { $0.errors(secrets).findings },
                reloadSignals: [.sighup],
                droppedLogLines: { log.dropped }
            )
            if settings.signer == nil {
                logger.info("FLOWD_WEBHOOK_SECRET is not set: what app servers receive is not signed")
            }
            do {
                try await application.run()
            } catch let failure as ListenFailure {
                throw Failure("\(failure)")
            }
        }

        // MARK: Parts

        @Sendable static func now() -> Timestamp {
            Timestamp(milliseconds: Int64(Date().timeIntervalSince1970 * 1_000))
        }

        /// The machine's authorities, or those in the file that `SSL_CERT_FILE` names.
        ///
        /// OpenSSL, curl and Go know the variable; BoringSSL under SwiftNIO looks at fixed places only.
        static func trustRoots(_ environment: [String: String]) throws -> TrustRoots {
            guard let file = environment["SSL_CERT_FILE"], !file.isEmpty else { return .system }
            do throws(TrustRoots.Mistake) {
                return try TrustRoots(file: file)
            } catch {
                throw ValidationError("SSL_CERT_FILE: \(error)")
            }
        }

        private static func log(_ settings: ServeSettings) -> LogQueue {
            let (format, level) = (settings.logFormat, settings.logLevel)
            let queue = LogQueue(descriptor: STDERR_FILENO) { format.dropped($0, at: now()) }
            LoggingSystem.bootstrap { _ in LineLogHandler(queue, format: format, level: level, now: now) }
            return queue
        }

        /// The flows, or what `flowd lint` prints of them and the end.
        private static func read(
            _ folder: FlowFolder,
            _ secrets: Secrets
        ) throws -> (FolderListing, FlowFolder.Contents) {
            let since: FolderListing
            let contents: FlowFolder.Contents
            do {
                since = try folder.list()
                contents = try folder.read()
            } catch {
                throw ValidationError("\(error)")
            }
            let errors = contents.errors(secrets)
            if !errors.findings.isEmpty {
                LintOutput.print(errors)
                throw ExitCode(1)
            }
            guard !contents.flows.flows.isEmpty else {
                throw ValidationError(
                    "no flow in \(folder.paths.joined(separator: ", ")): flow files end in .yaml, .yml or .json"
                )
            }
            return (since, contents)
        }

        private static func store(
            _ settings: ServeSettings,
            _ crashGuard: CrashGuard?,
            _ logger: Logger
        ) async throws -> SQLiteStore {
            let store: SQLiteStore
            do {
                store = try await SQLiteStore(path: settings.storePath, watch: crashGuard) { alarm($0, logger) }
            } catch {
                throw Failure("\(error)")
            }
            if crashGuard == nil {
                logger.warning(
                    "calls that crash flowd are not set aside: a file cannot be made",
                    metadata: ["file": "\(crashGuardPath(store: settings.storePath))"]
                )
            }
            if let warning = store.warning { logger.warning("the store's place", metadata: ["reason": "\(warning)"]) }
            return store
        }

        private static func alarm(_ alarm: SQLiteStore.Alarm, _ logger: Logger) {
            switch alarm {
            case .filesAreGone(let path):
                logger.critical(
                    "the store's files were removed, renamed or replaced: nothing is stored until flowd is restarted",
                    metadata: ["store": "\(path)"]
                )
            case .logIsLarge(let bytes):
                logger.warning(
                    "the store's write-ahead log is large: a reader keeps it from being copied",
                    metadata: ["bytes": "\(bytes)"]
                )
            }
        }

        static func crashGuardPath(store: String) -> String { store + "-inflight" }

        /// Beside the store, so that the next process on it finds what this one died of.
        private static func crashGuard(_ settings: ServeSettings, _ environment: [String: String]) -> CrashGuard? {
            CrashGuard(
                path: crashGuardPath(store: settings.storePath),
                version: flowdVersion,
                failpoint: environment["FLOWD_FAILPOINT"]
            )
        }
    }
}

/// Something of the world that keeps the command from its work: one line, and exit code 1.
struct Failure: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}

extension Secrets {
    func missing(in contents: FlowFolder.Contents) -> [Finding] {
        contents.files.flatMap { file in
            file.build.flow.map { missing(in: $0, file.build.document) } ?? []
        }
    }
}

extension ServeSettings {
    var configuration: ServeConfiguration {
        var configuration = ServeConfiguration(publicURL: publicURL, version: flowdVersion)
        configuration.webhooks = webhooks
        configuration.admin = admin
        configuration.authTokens = authTokens
        configuration.allowsUnsigned = allowsUnsigned
        configuration.adminToken = adminToken
        configuration.ladder = ladder
        configuration.keepSeconds = keep
        configuration.store = storePath
        return configuration
    }
}
