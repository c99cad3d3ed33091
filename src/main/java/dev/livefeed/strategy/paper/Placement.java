package dev.livefeed.strategy.paper;

/**
 * What became of a request.
 *
 * @param order the order as it stood right after; null where it was refused
 * @param refused why, with the rule; null where it was accepted
 */
public record Placement(Order order, String refused) {

    static Placement no(String why) {
        return new Placement(null, why);
    }
}
