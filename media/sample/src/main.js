import { createServer } from './server.js';
import { Shortener } from './shortener.js';

const port = Number(process.env.PORT ?? 3000);

createServer(new Shortener()).listen(port, () => console.log(`Short links at http://localhost:${port}`));
