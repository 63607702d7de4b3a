import { parentPort } from 'node:worker_threads';
import { answerTo, type ReaderOrder } from './feeds-answer.ts';

// One order, one answer, until whoever began the thread ends it. The orders are what feeds-reader.ts gives.
parentPort?.on('message', (order: ReaderOrder) => parentPort?.postMessage(answerTo(order)));
