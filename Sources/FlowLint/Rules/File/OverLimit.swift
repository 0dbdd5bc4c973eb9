import FlowDocument

/// A file that is too large.
enum OverLimit: Rule {
    static let code = Code.overLimit
    static let summary = "A file is over a limit: 1 MiB, 2,000 nodes, 64 levels, 10,000 characters in a template."
    static let why = "The limits keep a reload within moments, whatever file lies in the folder."
    static let bad = [
        Example.dialling(
            """
            to: [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[↓[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]
            """
        )
    ]
    static let good = [
        Example.dialling("to: +12025551234")
    ]
}
