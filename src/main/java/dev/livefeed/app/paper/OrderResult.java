package dev.livefeed.app.paper;

/**
 * The result of a request.
 *
 * @param order the order right after the request; null if it was refused
 * @param refused the reason with the rule; null if it was accepted
 */
public record OrderResult(PaperOrder order, String refused) {

    static OrderResult refusal(String reason) {
        return new OrderResult(null, reason);
    }
}
