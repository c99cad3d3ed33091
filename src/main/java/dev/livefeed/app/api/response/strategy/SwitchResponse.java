package dev.livefeed.app.api.response.strategy;

/** Whether the strategies are paused or halted. */
public record SwitchResponse(boolean paused, boolean halted) {}
