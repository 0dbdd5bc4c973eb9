/// The line of an arrow: out of its box into the label, and from there to the target.
package struct Route: Hashable, Sendable {
    package enum Step: Hashable, Sendable {
        case move(Point)
        case line(Point)
        case curve(Point, Point, Point)

        /// Where the pen is after it.
        package var end: Point {
            switch self {
            case .move(let point), .line(let point), .curve(_, _, let point): point
            }
        }

        fileprivate func moved(by way: Point) -> Step {
            func there(_ point: Point) -> Point { Point(point.x + way.x, point.y + way.y) }
            return switch self {
            case .move(let point): .move(there(point))
            case .line(let point): .line(there(point))
            case .curve(let first, let second, let end): .curve(there(first), there(second), there(end))
            }
        }
    }

    package private(set) var steps: [Step] = []

    package var start: Point? { steps.first?.end }
    package var end: Point? { steps.last?.end }

    mutating func move(_ point: Point) { steps.append(.move(point)) }

    /// A straight line, joined to the one before if both are upright.
    mutating func line(_ point: Point) {
        guard let last = steps.last?.end, last != point else { return }
        if case .line = steps.last, steps.count > 1, steps[steps.count - 2].end.x == last.x, last.x == point.x {
            steps.removeLast()
        }
        steps.append(.line(point))
    }

    /// A curve that leaves and arrives upright.
    mutating func swing(to point: Point) {
        guard let last = steps.last?.end else { return }
        guard abs(last.x - point.x) > 0.4 else {
            line(Point(last.x, point.y))
            return
        }
        let middle = (last.y + point.y) / 2
        steps.append(.curve(Point(last.x, middle), Point(point.x, middle), point))
    }

    /// A quarter of a turn, from where the pen is by way of a corner.
    mutating func turn(around corner: Point, to point: Point) {
        guard let last = steps.last?.end else { return }
        func near(_ end: Point) -> Point {
            Point(end.x + (corner.x - end.x) * 0.55, end.y + (corner.y - end.y) * 0.55)
        }
        steps.append(.curve(near(last), near(point), point))
    }

    func moved(by way: Point) -> Route {
        var route = self
        route.steps = steps.map { $0.moved(by: way) }
        return route
    }
}
