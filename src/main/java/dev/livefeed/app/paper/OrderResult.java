package dev.livefeed.app.paper;

/**
 * What became of a request.
 *
 * @param order the order as it stood right after; null where it was refused
 * @param refused why, with the rule; null where it was accepted
 */
public record OrderResult(PaperOrder order, String refused) {

    static OrderResult no(String why) {
        return new OrderResult(null, why);
    }
}
