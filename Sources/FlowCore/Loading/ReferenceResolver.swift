import FlowDocument

/// Finds the node and the value that a reference names.
struct ReferenceResolver {
    let scope: FlowScope
    let value: Value

    func resolve(_ parsed: ReferenceReader.Parsed, range: Range<Int>) -> Reference? {
        if parsed.node == "secrets" { return secret(parsed, range: range) }
        if parsed.node == Variable.prefix { return variable(parsed, range: range) }
        guard let node = scope.indices[parsed.node] else {
            if scope.isBeyondLimit(parsed.node) { return nil }
            unknown(
                "\"\(parsed.node)\" is not a node",
                at: parsed.nodeRange,
                fixes: startValue(parsed)
                    ?? scope.nodeGuess(parsed.node, among: scope.nodeNames + ["secrets", Variable.prefix]) {
                        scope.document.edit(ofUTF8: parsed.nodeRange, in: value, to: $0)
                    }
            )
            return nil
        }
        guard let description = scope.descriptions[node] else { return nil }
        guard !parsed.path.isEmpty else {
            unknown(
                "\"\(parsed.node)\" is a node: name one of its values too",
                at: parsed.nodeRange,
                help: description.values.first.map { ["such as \"<<\(parsed.node).\($0.name)>>\""] } ?? []
            )
            return nil
        }
        guard let (index, used) = match(parsed.path, in: description) else {
            unknownValue(parsed, description)
            return nil
        }
        let rest = Array(parsed.path[used...])
        if !rest.isEmpty {
            guard case .open = description.values[index].kind else {
                unknown("\"\(parsed.node).\(description.values[index].name)\" has no parts", at: parsed.pathRange)
                return nil
            }
        }
        return Reference(
            source: .value(node: node, value: index),
            path: rest,
            filters: parsed.filters,
            text: parsed.text,
            range: range
        )
    }

    /// Where a path is one of the start node's values without the node's name, a fix that writes the name: `call.from`.
    private func startValue(_ parsed: ReferenceReader.Parsed) -> [Fix]? {
        let names = scope.indices.keys.sorted()
        guard let start = names.first(where: { scope.indices[$0].map { scope.descriptions[$0]?.begins } == true }),
            let description = scope.indices[start].flatMap({ scope.descriptions[$0] }),
            match([.key(parsed.node)] + parsed.path, in: description) != nil
        else { return nil }
        let edit = scope.document.edit(ofUTF8: parsed.nodeRange, in: value, to: "\(start).\(parsed.node)")
        return [Fix("write \"<<\(start).\(parsed.text)>>\"", .safe, edit)]
    }

    private func secret(_ parsed: ReferenceReader.Parsed, range: Range<Int>) -> Reference? {
        guard parsed.path.count == 1, case .key(let name) = parsed.path[0] else {
            unknown("a secret is read as \"<<secrets.NAME>>\"", at: range)
            return nil
        }
        return Reference(source: .secret(name), path: [], filters: parsed.filters, text: parsed.text, range: range)
    }

    private func variable(_ parsed: ReferenceReader.Parsed, range: Range<Int>) -> Reference? {
        guard case .key(let name)? = parsed.path.first else {
            unknown("a variable is read as \"<<vars.name>>\"", at: range)
            return nil
        }
        guard let index = scope.variables.firstIndex(where: { $0.name == name }) else {
            let names = scope.variables.map(\.name)
            let place = parsed.pathRange.lowerBound + 1..<parsed.pathRange.lowerBound + 1 + name.utf8.count
            unknown(
                "\"\(name)\" is not a variable of this flow",
                at: place,
                help: [
                    names.isEmpty
                        ? "the flow declares none: write \"vars\" above its nodes, with the name and its first value"
                        : "variables are \(names.joined(separator: ", "))"
                ],
                fixes: guess(name, among: names) { scope.document.edit(ofUTF8: place, in: value, to: $0) }
            )
            return nil
        }
        guard parsed.path.count == 1 else {
            unknown("\"\(parsed.node).\(name)\" is a text and has no parts", at: parsed.pathRange)
            return nil
        }
        return Reference(
            source: .variable(index),
            path: [],
            filters: parsed.filters,
            text: parsed.text,
            range: range
        )
    }

    /// The value whose dotted name is the longest beginning of `path`, and how many steps it uses up.
    private func match(_ path: [Reference.Step], in description: NodeDescription) -> (index: Int, used: Int)? {
        // Behind it a parameter's name follows: a type may have a value "event" of its own, which has no parts.
        if path.count > 1, path[0] == .key(NodeDescription.eventValueName), let event = description.eventValue {
            return (event, 1)
        }
        var longest: (index: Int, used: Int)?
        var name = ""
        for (count, step) in path.prefix(description.mostNameParts).enumerated() {
            guard case .key(let key) = step else { break }
            name = count == 0 ? key : name + "." + key
            if let index = description.value(name) { longest = (index, count + 1) }
        }
        return longest
    }

    private func unknownValue(_ parsed: ReferenceReader.Parsed, _ description: NodeDescription) {
        let path = String(parsed.text.dropFirst(parsed.node.count + 1))
        let range =
            parsed.pathRange.lowerBound + 1..<max(parsed.pathRange.upperBound, parsed.pathRange.lowerBound + 2)
        let names = description.values.flatMap { [$0.name] + $0.aliases }
        let below = names.filter { $0.hasPrefix(path + ".") }
        let close = below.isEmpty ? meant(by: path, description) ?? otherwiseMeant(by: path, names) : nil
        let fix = close.map { close in
            // The path as it was written, without blanks or brackets in it, is what goes.
            let edit = range.count == path.utf8.count ? scope.document.edit(ofUTF8: range, in: value, to: close) : nil
            return Fix("did you mean \"<<\(parsed.node).\(close)>>\"?", .safe, edit)
        }
        let listing =
            below.isEmpty ? listing(of: names, for: path) : "values like it are \(below.joined(separator: ", "))"
        unknown(
            "\"\(path)\" is not a value of \(description.type) \"\(parsed.node)\"",
            at: range,
            help: fix == nil ? [listing] : [],
            fixes: fix.map { [$0] } ?? []
        )
    }

    /// The name that `path` becomes with one of its parts put right; what stands below an open value stays as it is.
    private func meant(by path: String, _ description: NodeDescription) -> String? {
        let parts = path.split(separator: ".").map(String.init)
        for index in parts.indices {
            var names: [String: String] = [:]
            for value in description.values {
                for name in [value.name] + value.aliases {
                    let own = name.split(separator: ".").map(String.init)
                    guard index < own.count, own.count == parts.count || own.count < parts.count && value.isOpen else {
                        continue
                    }
                    guard own.indices.allSatisfy({ $0 == index || own[$0] == parts[$0] }) else { continue }
                    names[own[index]] = (own + parts[own.count...]).joined(separator: ".")
                }
            }
            // With all the others right, little is needed to know the last one.
            let isLast = index > 0 && index == parts.count - 1
            if let near = nearMiss(parts[index], among: names.keys.sorted(), swapsUpTo: isLast ? 2 : 3) {
                return names[near]
            }
        }
        return nil
    }

    /// The name that is as a whole much like `path`, unless they begin alike: then their ends are not.
    private func otherwiseMeant(by path: String, _ names: [String]) -> String? {
        let first = path.prefix { $0 != "." }
        return nearMiss(path, among: names.filter { $0.prefix { $0 != "." } != first || !path.contains(".") })
    }

    /// The names that begin or end like `path`, or all of them: a start node has too many to show them for nothing.
    private func listing(of names: [String], for path: String) -> String {
        let parts = path.split(separator: ".")
        let close = names.filter { name in
            let own = name.split(separator: ".")
            return parts.count > 1 && own.first == parts.first
                || parts.last.map { own.last?.hasPrefix($0) == true } == true
        }
        return close.isEmpty
            ? "values are \(names.joined(separator: ", "))" : "values like it are \(close.joined(separator: ", "))"
    }

    private func unknown(_ message: String, at range: Range<Int>, help: [String] = [], fixes: [Fix] = []) {
        let span = scope.document.span(ofUTF8: range, in: value)
        scope.report(.unknownValue, message, at: span, help: help, fixes: fixes)
    }
}
