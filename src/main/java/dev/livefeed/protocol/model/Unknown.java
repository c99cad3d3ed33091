package dev.livefeed.protocol.model;

/** A well-formed line of an unknown type: counted, otherwise ignored. */
public record Unknown(String type, String symbol) implements Event {}
