/// What came back for a request to an app server.
package struct RequestResult: Hashable, Sendable {
    /// The HTTP status, or 0 where there was no answer.
    package var statusCode: Int
    package var contentType: String
    package var body: [UInt8]
    /// Why there was no answer, in a few words; empty for any answer.
    package var error: String
    /// Why there is less of the answer than was sent; nil where all of it is here.
    package var remark: AnswerRemark?

    package init(
        statusCode: Int = 0,
        contentType: String = "",
        body: [UInt8] = [],
        error: String = "",
        remark: AnswerRemark? = nil
    ) {
        self.statusCode = statusCode
        self.contentType = contentType
        self.body = body
        self.error = error
        self.remark = remark
    }

    /// Status 200 to 299.
    package var isSuccess: Bool { (200...299).contains(statusCode) }
}
