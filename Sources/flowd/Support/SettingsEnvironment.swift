import ArgumentParser
import FlowCore
import Foundation

/// The environment as settings are read from it: what holds a secret may also be in a file, which `<NAME>_FILE` names.
enum SettingsEnvironment {
    /// The variables that hold a secret.
    static let secrets = ["PLIVO_AUTH_TOKEN", "FLOWD_WEBHOOK_SECRET", "FLOWD_ADMIN_TOKEN", "FLOWD_STORE"]

    /// The variables of this process, with the texts of files in place of their names.
    ///
    /// - Throws: `ValidationError` with one line, which names the variable and never a secret.
    static func read() throws -> [String: String] { try resolved(ProcessInfo.processInfo.environment) }

    private static func resolved(_ environment: [String: String]) throws -> [String: String] {
        var environment = environment
        for name in secrets {
            let fileName = name + "_FILE"
            guard let path = environment.removeValue(forKey: fileName), !path.isEmpty else { continue }
            guard environment[name]?.isEmpty ?? true else {
                throw ValidationError("\(name) and \(fileName) are both set: take one of them away")
            }
            environment[name] = try text(of: path, fileName)
        }
        return environment
    }

    private static func text(of path: String, _ variable: String) throws -> String {
        let shown = "\(variable): \"\(LogText.clean(path))\""
        let text: String
        do {
            text = try SecretFile.read(path)
        } catch {
            throw ValidationError("\(shown) cannot be read: \(error)")
        }
        // An empty one would be taken for a setting that was left out.
        guard text.contains(where: { !$0.isWhitespace }) else { throw ValidationError("\(shown) is empty") }
        guard !text.contains(where: \.isNewline) else {
            throw ValidationError("\(shown) has more than one line: expected the secret alone")
        }
        return text
    }

    /// The folder with the secrets of flows: a flag's, the environment's, or what systemd's `LoadCredential=` passes on.
    ///
    /// - Returns: the name that it was given under, for messages, and its path; nil where there is none.
    static func secretsFolder(_ flag: String?, _ environment: [String: String]) -> (name: String, path: String)? {
        if let flag { return ("--secrets-dir", flag) }
        for name in ["FLOWD_SECRETS_DIR", "CREDENTIALS_DIRECTORY"] {
            if let path = environment[name], !path.isEmpty { return (name, path) }
        }
        return nil
    }
}
