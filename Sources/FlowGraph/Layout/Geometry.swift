/// A place, in pixels from the top left corner.
package struct Point: Hashable, Sendable {
    package var x: Double
    package var y: Double

    package init(_ x: Double, _ y: Double) {
        self.x = x
        self.y = y
    }
}

/// A width and a height, in pixels.
package struct Size: Hashable, Sendable {
    package var width: Double
    package var height: Double

    package init(_ width: Double, _ height: Double) {
        self.width = width
        self.height = height
    }
}

/// An upright rectangle.
package struct Rect: Hashable, Sendable {
    package var x: Double
    package var y: Double
    package var size: Size

    package init(x: Double, y: Double, _ size: Size) {
        self.x = x
        self.y = y
        self.size = size
    }

    package var right: Double { x + size.width }
    package var bottom: Double { y + size.height }
    package var middle: Point { Point(x + size.width / 2, y + size.height / 2) }

    package func overlaps(_ other: Rect) -> Bool {
        x < other.right && other.x < right && y < other.bottom && other.y < bottom
    }

    func moved(by way: Point) -> Rect { Rect(x: x + way.x, y: y + way.y, size) }
}
