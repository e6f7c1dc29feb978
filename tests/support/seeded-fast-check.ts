import fc from 'fast-check';

/**
 * fast-check with one seed for all runs, so that a test fails or passes for everybody alike. FAST_CHECK_SEED tries
 * another.
 */
fc.configureGlobal({ seed: Number(process.env.FAST_CHECK_SEED ?? 20_090_613) });

export { fc };
