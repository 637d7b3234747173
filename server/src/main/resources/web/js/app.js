// The entry: loads the reader's language, then puts the one element of the page in place.
import '../components/chat-app.js';
import { startLanguage } from './i18n.js';

await startLanguage();
document.body.append(document.createElement('chat-app'));
