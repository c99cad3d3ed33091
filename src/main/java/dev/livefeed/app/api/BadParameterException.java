package dev.livefeed.app.api;

/** A parameter of a request that cannot be used; the message goes back to who sent it. */
final class BadParameterException extends Exception {

    BadParameterException(String rule) {
        super(rule);
    }

    HttpResponse answer() {
        return HttpResponse.bad(getMessage());
    }
}
