package dev.livefeed.app.paper;

/** Thrown when a journal cannot be used; the message names the file, the problem and what to do. */
public final class JournalException extends Exception {

    private static final long serialVersionUID = 1L;

    JournalException(String message) {
        super(message);
    }
}
