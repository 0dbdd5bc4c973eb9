import ArgumentParser
import FlowCore
import FlowDelivery
import FlowDocument
import FlowServer
import FlowWeb
import Logging
import Plivo

/// `flowd serve`'s flags; each has an environment variable, and a flag goes before it.
struct ServeOptions: ParsableArguments {
    @Argument(help: "Flow files, and folders with them.")
    var paths: [String] = ["flows"]

    @Option(help: "Where Plivo's webhooks are served (FLOWD_HOST; default: 127.0.0.1).")
    var host: String?

    @Option(help: "The port for Plivo's webhooks (FLOWD_PORT; default: 8080).")
    var port: String?

    @Option(help: "The port for metrics, runs and deliveries (FLOWD_ADMIN_PORT; default: 8081).")
    var adminPort: String?

    @Option(help: "Where that is served (FLOWD_ADMIN_HOST; default: 127.0.0.1). Any other needs FLOWD_ADMIN_TOKEN.")
    var adminHost: String?

    @Option(help: "The address Plivo uses, a path prefix allowed (FLOWD_PUBLIC_URL; default: http://127.0.0.1:PORT).")
    var publicURL: String?

    @Option(help: "A SQLite file on a local disk (FLOWD_STORE; default: flowd.db).")
    var store: String?

    @Option(help: "Which addresses are called, private or public (FLOWD_EGRESS; default: private).")
    var egress: String?

    @Option(help: "trace, debug, info, notice, warning, error or critical (FLOWD_LOG_LEVEL; default: info).")
    var logLevel: String?

    @Option(help: "text or json (FLOWD_LOG_FORMAT; default: text on a terminal, else json).")
    var logFormat: String?

    @Option(help: "How long ended runs and dead deliveries stay, such as 30d (FLOWD_KEEP; default: 30d).")
    var keep: String?

    @Flag(help: "Serve without PLIVO_AUTH_TOKEN: anyone who can reach the port can start calls.")
    var allowUnsigned = false

    @Option(help: "A folder with a file for each secret (FLOWD_SECRETS_DIR, or systemd's CREDENTIALS_DIRECTORY).")
    var secretsDir: String?

    @Option(
        help: "When a delivery is tried again, such as 5s,5m,30m (FLOWD_RETRY_LADDER; default: Standard Webhooks')."
    )
    var retryLadder: String?
}

/// What `flowd serve` was told, read and checked.
struct ServeSettings {
    let paths: [String]
    let webhooks: ListenerAddress
    let admin: ListenerAddress
    let publicURL: PublicURL
    let storePath: String
    let egress: EgressPolicy
    let logLevel: Logger.Level
    let logFormat: LineLogHandler.Format
    /// Seconds.
    let keep: Int
    let ladder: Ladder
    let secretsDirectory: String?
    let authTokens: [String]
    let allowsUnsigned: Bool
    let adminToken: String?
    let signer: StandardWebhooks?

    /// - Throws: `ValidationError` with one line for the first setting that is wrong.
    init(_ options: ServeOptions, environment: [String: String]) throws {
        func setting(_ flag: String?, _ name: String) -> String? {
            flag ?? environment[name].flatMap { $0.isEmpty ? nil : $0 }
        }
        func port(_ flag: String?, _ option: String, _ name: String, default fallback: Int) throws -> Int {
            guard let text = setting(flag, name) else { return fallback }
            guard let number = Int(text), (0...65_535).contains(number) else {
                throw ValidationError("\(option) is a number from 0 to 65535, and \"\(text)\" is none")
            }
            return number
        }
        paths = options.paths
        webhooks = ListenerAddress(
            host: setting(options.host, "FLOWD_HOST") ?? "127.0.0.1",
            port: try port(options.port, "--port", "FLOWD_PORT", default: 8080)
        )
        admin = ListenerAddress(
            host: setting(options.adminHost, "FLOWD_ADMIN_HOST") ?? "127.0.0.1",
            port: try port(options.adminPort, "--admin-port", "FLOWD_ADMIN_PORT", default: 8081)
        )
        egress = try Self.egress(setting(options.egress, "FLOWD_EGRESS"), "--egress")
        logLevel = try Self.choice(
            setting(options.logLevel, "FLOWD_LOG_LEVEL"),
            "--log-level",
            Logger.Level.allCases.map { ($0.rawValue, $0) },
            default: .info
        )
        logFormat = try Self.choice(
            setting(options.logFormat, "FLOWD_LOG_FORMAT"),
            "--log-format",
            LineLogHandler.Format.allCases.map { ($0.rawValue, $0) },
            default: Console.stderrIsTerminal ? .text : .json
        )
        keep = try Self.seconds(setting(options.keep, "FLOWD_KEEP") ?? "30d", "--keep")
        do {
            ladder = try setting(options.retryLadder, "FLOWD_RETRY_LADDER").map { try Ladder($0) } ?? .standardWebhooks
        } catch let mistake as Ladder.Mistake {
            throw ValidationError("--retry-ladder: \(mistake)")
        }
        signer = try Self.signer(environment)
        storePath = try StoreOptions.checked(setting(options.store, "FLOWD_STORE") ?? StoreOptions.defaultPath)
        let folder = SettingsEnvironment.secretsFolder(options.secretsDir, environment)
        if let folder, let objection = Secrets.objection(to: folder.path) {
            throw ValidationError("\(folder.name): \(objection)")
        }
        secretsDirectory = folder?.path
        authTokens = (environment["PLIVO_AUTH_TOKEN"] ?? "").split(separator: ",")
            .map { String($0.filter { !$0.isWhitespace }) }.filter { !$0.isEmpty }
        let token = SecretFile.withoutLineBreak(environment["FLOWD_ADMIN_TOKEN"] ?? "")
        adminToken = token.isEmpty ? nil : token
        publicURL = try Self.publicURL(setting(options.publicURL, "FLOWD_PUBLIC_URL"), webhooks)
        allowsUnsigned = options.allowUnsigned
        if let objection = configuration.objection { throw ValidationError(objection) }
    }

    /// The one of `values` that an option names; a name that is cut short, or mistyped, is guessed at in the error.
    private static func choice<Value>(
        _ text: String?,
        _ option: String,
        _ values: [(String, Value)],
        default fallback: Value
    ) throws -> Value {
        guard let text else { return fallback }
        guard let value = values.first(where: { $0.0 == text }) else {
            let names = values.map(\.0)
            let begun = text.isEmpty ? [] : names.filter { $0.hasPrefix(text.lowercased()) }
            let guess = begun.count == 1 ? begun[0] : nearMiss(text, among: names)
            throw ValidationError(
                "\(option): expected one of \(names.joined(separator: ", ")), found \"\(LogText.clean(text))\""
                    + (guess.map { ". did you mean \"\($0)\"?" } ?? "")
            )
        }
        return value.1
    }

    /// Which addresses are called.
    static func egress(_ text: String?, _ option: String) throws -> EgressPolicy {
        try choice(text, option, [("private", .privateAllowed), ("public", .publicOnly)], default: .privateAllowed)
    }

    /// Signs with the secrets in `FLOWD_WEBHOOK_SECRET`; nil where there are none.
    static func signer(_ environment: [String: String]) throws -> StandardWebhooks? {
        guard let secrets = environment["FLOWD_WEBHOOK_SECRET"], !secrets.isEmpty else { return nil }
        do {
            return try StandardWebhooks(secrets: secrets)
        } catch {
            throw ValidationError("FLOWD_WEBHOOK_SECRET: \(error)")
        }
    }

    private static func publicURL(_ text: String?, _ webhooks: ListenerAddress) throws -> PublicURL {
        guard let text else {
            guard webhooks.isLoopback else {
                throw ValidationError(
                    "--public-url is missing: with --host \(webhooks.host) flowd has to be told the address that Plivo uses"
                )
            }
            guard webhooks.port != 0 else {
                throw ValidationError(
                    "--public-url is missing: with --port 0 flowd has to be told the address that Plivo uses"
                )
            }
            return try checked("http://127.0.0.1:\(webhooks.port)")
        }
        return try checked(text)
    }

    private static func checked(_ text: String) throws -> PublicURL {
        do {
            return try PublicURL(text)
        } catch {
            throw ValidationError("--public-url: \(error.reason)")
        }
    }

    /// Reads `30d`, `12h`, `90m` or `45s`.
    private static func seconds(_ text: String, _ option: String) throws -> Int {
        let units: [Character: Int] = ["s": 1, "m": 60, "h": 3_600, "d": 86_400]
        guard let last = text.last, let unit = units[last], let count = Int(text.dropLast()),
            (1...100_000).contains(count)
        else {
            throw ValidationError("\(option) is a time such as 30d or 12h, and \"\(text)\" is none")
        }
        return count * unit
    }
}
