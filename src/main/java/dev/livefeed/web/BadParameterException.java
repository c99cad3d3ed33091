package dev.livefeed.web;

/** A parameter of a request that cannot be used; the message goes back to who sent it. */
final class BadParameterException extends Exception {

    BadParameterException(String rule) {
        super(rule);
    }

    Answer answer() {
        return Answer.bad(getMessage());
    }
}
