package dev.livefeed.app.paper;

/** A journal that cannot be used; the message says which file, what is wrong and what to do. */
public final class JournalException extends Exception {

    private static final long serialVersionUID = 1L;

    JournalException(String message) {
        super(message);
    }
}
