import FlowDocument

/// A text that is not YAML, or not JSON.
enum Syntax: Rule {
    static let code = Code.syntax
    static let summary = "A file is not YAML, or not JSON."
    static let why = """
        In YAML the usual reason is a value that wants quotes: one that begins with a brace, or holds a colon and \
        a blank, as every filter with an argument does.
        """
    static let bad = [
        Example.dialling("caller_name: ↓{{Start.call.from}}")
    ]
    static let good = [
        Example.dialling("caller_name: '{{Start.call.from}}'")
    ]
}
