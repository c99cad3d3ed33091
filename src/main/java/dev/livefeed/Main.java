package dev.livefeed;

import dev.livefeed.app.CommandTree;

/** The entry of the jar. */
public final class Main {

    private Main() {}

    public static void main(String[] args) {
        System.exit(CommandTree.run(args));
    }
}
