// Runs before n8n-core is loaded; otherwise n8n would write its settings into the home folder.
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import 'reflect-metadata';

process.env.N8N_USER_FOLDER = join(tmpdir(), 'charger-operations-engine');
process.env.N8N_ENCRYPTION_KEY = 'key-of-the-tests';
process.env.N8N_LOG_LEVEL = 'silent';
