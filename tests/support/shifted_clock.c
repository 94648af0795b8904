// SPDX-License-Identifier: EUPL-1.2
// Loaded before the C library (LD_PRELOAD) by tests of the real binary: for that process the
// machine's wall clock runs COPROG_TEST_SHIFT_MS ahead, or behind. The product has no such switch:
// it asks the machine as always, and the machine is on another day.
#define _GNU_SOURCE
#include <stdlib.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

static long long shift_ms(void) {
    const char* text = getenv("COPROG_TEST_SHIFT_MS");
    return text == NULL ? 0 : strtoll(text, NULL, 10);
}

// Only the wall clock: what measures how long something takes is left alone.
int clock_gettime(clockid_t id, struct timespec* now) {
    const long result = syscall(SYS_clock_gettime, id, now);
    if (result == 0 && (id == CLOCK_REALTIME || id == CLOCK_REALTIME_COARSE)) {
        const long long ms = shift_ms() + now->tv_nsec / 1000000;
        const long long whole = ms >= 0 ? ms / 1000 : -((-ms + 999) / 1000);
        now->tv_sec += (time_t)whole;
        now->tv_nsec = now->tv_nsec % 1000000 + (long)(ms - whole * 1000) * 1000000;
    }
    return (int)result;
}
